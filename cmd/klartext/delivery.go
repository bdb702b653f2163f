package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
)

// delivering are the settings of the delivery worker.
type delivering struct {
	MaxAge time.Duration `name:"delivery-max-age" var:"KLARTEXT_DELIVERY_MAX_AGE" default:"24h" help:"A post that should have gone out longer ago asks before it is sent."`
	Call   time.Duration `name:"delivery-call" var:"KLARTEXT_DELIVERY_CALL" default:"30s" help:"Longest call to a network."`
	Lease  time.Duration `name:"delivery-lease" var:"KLARTEXT_DELIVERY_LEASE" default:"2m" help:"After this time a call of a node that is gone is looked for; longer than a call by more than the nodes' clocks differ."`
	Speed  float64       `name:"delivery-speed" var:"KLARTEXT_DELIVERY_SPEED" default:"1" help:"Factor for all waiting between calls: 0.01 waits a hundredth. For trying out with fake networks."`
}

func (d *delivering) check() error {
	switch {
	case d.MaxAge <= 0:
		return errors.New("KLARTEXT_DELIVERY_MAX_AGE must be longer than 0, such as 24h")
	case d.Call < time.Second:
		return errors.New("KLARTEXT_DELIVERY_CALL must be at least 1s")
	case d.Lease <= d.Call:
		return errors.New("KLARTEXT_DELIVERY_LEASE must be longer than KLARTEXT_DELIVERY_CALL, or a post could be looked for while it is being sent")
	case d.Speed <= 0 || d.Speed > 1:
		return errors.New("KLARTEXT_DELIVERY_SPEED must be above 0 and at most 1")
	}
	return nil
}

func (p *program) worker(s *services, log *slog.Logger, owner string, sent func()) *publishers.Worker {
	config := p.config.Delivering
	pages := outbound.Pages{Client: outbound.New(outbound.Options{AllowPrivate: true})}
	stamp := p.stamp()
	return publishers.New(publishers.Config{
		Outbox: s.store, Records: s.store, ReadBacks: s.store, Publishers: s.publishers, Credentials: s.renewals,
		Media: s.mediaOf, Page: pages.There, Listen: outbound.Listen, Log: log, Now: p.now, Owner: owner, Sent: sent,
		Claimed: func(at time.Time) {
			if err := stamp.write(at); err != nil {
				log.Error("a restored database could go unnoticed", "error", err)
			}
		},
		MaxAge: config.MaxAge, Call: config.Call, Lease: config.Lease, Speed: config.Speed,
	})
}

// pace is how fast a channel sends.
func (p *program) pace(s *services) func(content.Channel) content.Pace {
	return func(channel content.Channel) content.Pace {
		return publishers.PaceOf(s.publishers, channel, p.config.Delivering.Speed)
	}
}

// mediaOf reads the pictures of a delivery.
func (s *services) mediaOf(ctx context.Context, d content.Delivery) ([]publishers.Media, error) {
	list := make([]publishers.Media, 0, len(d.Media))
	for _, id := range d.Media {
		m, err := s.store.Media(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, publishers.Media{ID: m.ID, Type: m.Type, Alt: m.Alt[d.Lang], Bytes: m.Bytes})
	}
	return list, nil
}

// holdRestored stops all posts that are not out where the database went back in time, or where the operator says so.
func (p *program) holdRestored(ctx context.Context, s *services, ordered bool) error {
	known, err := s.store.LastCall(ctx)
	if err != nil {
		return err
	}
	stamp := p.stamp()
	made, err := stamp.read()
	if err != nil && !ordered { // with an order to hold, all waits whatever the file says
		return err
	}
	if !ordered && !made.After(known) {
		return nil
	}
	n, err := s.store.Hold(ctx, p.now(), content.Reason{Code: content.CodePostRestored})
	if err != nil {
		return err
	}
	if known, err = s.store.LastCall(ctx); err != nil {
		return err
	}
	if err := stamp.write(known); err != nil {
		return err
	}
	why := "This database is older than the last post that this server sent: it was restored\nfrom a backup."
	if ordered {
		why = "Posts are held, as ordered."
	}
	_, _ = fmt.Fprintf(p.stdout, `
%s %d posts that are not out by what it knows, and all that are
published from now on, wait until somebody decides at %s/admin/deliveries

`, why, n, p.config.BaseURL)
	return nil
}
