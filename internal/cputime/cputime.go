// Package cputime measures what a test makes the processors do, which other
// programs on the machine hardly change, unlike the time that passes.
package cputime

import (
	"syscall"
	"time"
)

// Spent is the processor time of the process so far, in all its threads, user
// and system.
func Spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // the arguments are right, so that it cannot happen
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
