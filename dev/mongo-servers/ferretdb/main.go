// Runs FerretDB with its SQLite backend on a free loopback port: `ferretdb <data folder>`. Prints the URL on standard
// output when it listens, and ends when standard input does, so that it never outlives the test run that started it.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("say the data folder, and nothing else")
	}
	// As a library FerretDB has no telemetry and no debug port.
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + args[0] + "/",
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	// The URL is known only once the server runs; until then the call waits. One connection a client, because on SQLite
	// an update is a read and a later write: two at once can both match a condition that the first of them ends.
	go func() { fmt.Println(server.MongoDBURI() + "?maxPoolSize=1") }()
	return server.Run(ctx)
}
