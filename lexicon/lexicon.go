// Package lexicon holds word lists: plain files, embedded, each of which says
// where it comes from and under which licence.
package lexicon
