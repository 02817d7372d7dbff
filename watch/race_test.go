//go:build race

package watch_test

// outletCount is how many sites are watched: fewer than usual, as the race
// detector makes everything slow, but every behaviour.
const outletCount = 40
