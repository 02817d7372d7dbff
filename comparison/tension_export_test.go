package comparison

// FindTensions is tensions.
var FindTensions = tensions
