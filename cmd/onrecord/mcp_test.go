package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestMCP asks the program, started as one, over its standard input and output.
func TestMCP(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	if code, _, stderr := onrecord(t, "", "add", "--record", record, filepath.Join(folderOf(t, map[string]string{"pier.txt": pier}), "pier.txt")); code != exitDone {
		t.Fatal(code, stderr)
	}
	program := exec.CommandContext(t.Context(), os.Args[0], "mcp", "--record", record)
	program.Env = append(os.Environ(), programVariable+"=1")
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: program}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for tool, arguments := range map[string]map[string]any{
		"search_quotes":  {"query": "pier"},
		"check_quote":    {"text": "the pier is not safe"},
		"compare_story":  {"story": "1"},
		"speaker_record": {"name": "Ana Moreno"},
		"read_article":   {"article": "pier"},
	} {
		r, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
		if err != nil || r.IsError || len(r.Content) != 1 || r.StructuredContent == nil {
			t.Errorf("%s: %v, %+v", tool, err, r)
			continue
		}
		if words := r.Content[0].(*mcp.TextContent).Text; tool != "compare_story" && !strings.Contains(words, "The pier is not safe") {
			t.Errorf("%s: %s", tool, words)
		}
	}
	if err := client.Close(); err != nil { // the program ends when its input does
		t.Errorf("it ended with %v", err)
	}
}
