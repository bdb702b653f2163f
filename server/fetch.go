package server

import (
	"bytes"
	"net"
	"net/http"

	"github.com/valyala/fasthttp"

	"klartext/server/restraint"
)

// Fetched is an answer without the network between.
type Fetched struct {
	Status int
	Header http.Header
	Body   []byte
}

// Fetch asks for one address as a reader who takes no compression. It may be called by several at once.
func (s *Server) Fetch(path string) Fetched { return s.fetch(path, "") }

func (s *Server) fetch(path, encoding string) Fetched {
	var ctx fasthttp.RequestCtx
	var req fasthttp.Request
	req.Header.SetMethod(http.MethodGet)
	req.SetRequestURI(s.deps.BaseURL)
	req.Header.SetHostBytes(req.URI().Host())
	req.SetRequestURI(path)
	if encoding != "" {
		req.Header.Set(fasthttp.HeaderAcceptEncoding, encoding)
	}
	ctx.Init(&req, &net.TCPAddr{IP: net.ParseIP(restraint.From)}, nil)
	s.app.Handler()(&ctx)
	answer := Fetched{Status: ctx.Response.StatusCode(), Header: http.Header{}}
	for name, value := range ctx.Response.Header.All() {
		answer.Header.Add(string(name), string(value))
	}
	if ctx.Response.IsBodyStream() {
		var b bytes.Buffer
		if err := ctx.Response.BodyWriteTo(&b); err != nil {
			answer.Status = http.StatusInternalServerError
		}
		answer.Body = b.Bytes()
		return answer
	}
	answer.Body = bytes.Clone(ctx.Response.Body())
	return answer
}
