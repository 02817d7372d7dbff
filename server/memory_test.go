package server

import "testing"

func TestMemory(t *testing.T) {
	m := newMemory[int](10)
	m.put("a", "1", 1, 4)
	m.put("b", "1", 2, 4)
	if v, ok := m.get("a", "1"); v != 1 || !ok {
		t.Errorf("a: %d %t", v, ok)
	}
	if _, ok := m.get("a", "2"); ok {
		t.Error("what was made of another state is good")
	}
	m.put("c", "1", 3, 4) // b was used least lately
	for key, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, ok := m.get(key, "1"); ok != want {
			t.Errorf("%s is held: %t", key, ok)
		}
	}
	m.put("a", "2", 4, 5)
	if v, _ := m.get("a", "2"); v != 4 || m.bytes != 9 {
		t.Errorf("a is %d, all have %d bytes", v, m.bytes)
	}
	m.put("a", "3", 5, 11)
	if _, ok := m.get("a", "3"); ok || m.bytes != 4 || len(m.byKey) != 1 {
		t.Errorf("one that is too large is held: %t, %d bytes", ok, m.bytes)
	}
}
