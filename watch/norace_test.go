//go:build !race

package watch_test

// outletCount is how many sites are watched.
const outletCount = 200
