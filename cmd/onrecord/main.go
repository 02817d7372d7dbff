// Command onrecord reads the news and keeps the record of who said what.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"onrecord/format"
	"onrecord/store"
)

// Exit codes. docs/commands.md describes them.
const (
	exitDone        = 0   // every article was read, or skipped for a named reason
	exitBroken      = 1   // could not start or go on: no model, no place to write
	exitUsage       = 2   // the command line is wrong
	exitIncomplete  = 3   // an article failed, or none at all was read
	exitNothing     = 4   // what was looked for is not in the record
	exitInterrupted = 130 // SIGINT or SIGTERM
)

// errIncomplete ends a command that went through but lost articles; what was
// lost has been said by then.
var errIncomplete = errors.New("not every article was read")

// errNothing ends a command that looked for something and did not find it.
var errNothing = errors.New("nothing found")

// errAnswered is errNothing where standard output says so already.
var errAnswered = errors.New("nobody on record")

// errStopped ends a command that goes on until it is interrupted.
var errStopped = errors.New("stopped")

// usageError is a mistake in the command line that only the command sees.
type usageError struct{ error }

// commandLine is everything that the command line can say.
type commandLine struct {
	Read        readCommand        `cmd:"" help:"Print every attribution in articles: who is credited with what."`
	Compare     compareCommand     `cmd:"" help:"Set the articles of a story side by side: who carries what, in which words."`
	Add         addCommand         `cmd:"" help:"Add articles to the record."`
	Search      searchCommand      `cmd:"" help:"Find statements or articles in the record."`
	Speaker     speakerCommand     `cmd:"" help:"Print what the record has of a speaker: statements, topics, who quotes them."`
	Check       checkCommand       `cmd:"" help:"Say who is on record with some words, or with words near them."`
	Speakers    speakersCommand    `cmd:"" help:"List the speakers of the record, or correct who is who."`
	Stories     storiesCommand     `cmd:"" help:"List the stories of the record, or correct which articles are in which."`
	Story       storyCommand       `cmd:"" help:"Set the articles of a story of the record side by side."`
	Watch       watchCommand       `cmd:"" help:"Add what feeds name, as it appears."`
	Feeds       feedsCommand       `cmd:"" help:"List the feeds that are watched, and how that goes."`
	Corrections correctionsCommand `cmd:"" help:"List what has been corrected by hand."`
	Export      exportCommand      `cmd:"" help:"Write what the record has in the formats of other programs."`
	Import      importCommand      `cmd:"" help:"Add what was read before, without reading it again."`
	Reread      rereadCommand      `cmd:"" help:"Read articles of the record again that were read by an earlier version of the program."`
	Serve       serveCommand       `cmd:"" help:"Show the record in a browser."`
	MCP         mcpCommand         `cmd:"" name:"mcp" help:"Offer the record to language models over standard input and output."`
	User        userCommand        `cmd:"" help:"Say who may correct the record in a browser."`
	Token       tokenCommand       `cmd:"" help:"Say which programs may write to the record over the network."`
	Verify      verifyCommand      `cmd:"" help:"Check that a record is whole, and say what is wrong with it."`
	Evaluate    evaluateCommand    `cmd:"" help:"Score the reading of a corpus against its annotation."`
	Train       trainCommand       `cmd:"" help:"Build a model file from the corpora."`
	Version     versionCommand     `cmd:"" help:"Print the version of the program."`
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs a command line and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cli commandLine
	helped := false
	parser := kong.Must(&cli,
		kong.Name("onrecord"),
		kong.Description("Reads the news and keeps the record of who said what, and how each outlet told it."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }), // only help ends the program from inside the parser
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdin, stdout, stderr}),
	)
	command, err := parser.Parse(args)
	switch {
	case helped:
		return exitDone
	case err != nil:
		complain(stderr, err)
		fmt.Fprintln(stderr, "onrecord --help lists the commands, onrecord COMMAND --help their options.")
		return exitUsage
	}
	err = command.Run()
	var usage usageError
	switch {
	case errors.Is(err, errStopped):
		return exitDone
	case ctx.Err() != nil:
		complain(stderr, errors.New("interrupted"))
		return exitInterrupted
	case errors.As(err, &usage):
		complain(stderr, err)
		return exitUsage
	case errors.Is(err, errIncomplete):
		return exitIncomplete
	case errors.Is(err, errAnswered):
		return exitNothing
	case errors.Is(err, errNothing), errors.Is(err, store.ErrNotFound):
		complain(stderr, err)
		return exitNothing
	case err != nil:
		complain(stderr, err)
		return exitBroken
	}
	return exitDone
}

// complain writes an error, whose text may hold a file's name or content.
func complain(stderr io.Writer, err error) {
	fmt.Fprintln(stderr, "onrecord:", format.Harmless(err.Error()))
}
