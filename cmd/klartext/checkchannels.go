package main

import (
	"context"
	"log/slog"
	"time"

	"klartext/content"
)

// checkChannelsEvery is how often to see whether the daily check of a channel is due.
const checkChannelsEvery = time.Minute

// checkChannels reads limits and software of each active channel once a day, on one of all nodes.
func checkChannels(ctx context.Context, channels *content.Channels, log *slog.Logger) error {
	tick := time.NewTicker(checkChannelsEvery)
	defer tick.Stop()
	for {
		if err := channels.CheckDue(ctx); err != nil && ctx.Err() == nil {
			log.Warn("channels were not checked; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
