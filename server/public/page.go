package public

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/valyala/fasthttp"
)

// document is a page before it is compressed.
type document struct {
	status      int
	contentType string
	body        []byte
}

// builder makes a document from what is published. It must give the same bytes
// for the same snapshot.
type builder func(ctx context.Context, s *snapshot) (document, error)

// page is one address. Its bytes are made when first asked for, once for each
// encoding, and then only read. A page whose stamp did not grow is taken over
// into the next snapshot with its bytes.
type page struct {
	stamp int64
	near  uint64 // sums up what it shows besides the parts that stamp is about
	keep  string // Cache-Control, "" for the usual
	vary  string // Vary, "" for the usual
	build builder
	extra []headerLine // over what all pages have; an empty value takes a header away
	// scripted is a page that runs a script of ours.
	scripted bool

	making   sync.Mutex
	variants [encodings]atomic.Pointer[variant]
}

// variant is a page in one encoding, ready to be sent. Uncompressed bytes are
// kept only where somebody asked for them: they can be unpacked from the others.
type variant struct {
	status      int
	contentType string
	body        packed
	etag        string
	header      *fasthttp.ResponseHeader // all but the ETag; many variants share one, and it is only ever read
}

// variant gives the page in one encoding, and makes it where nobody asked before.
func (p *page) variant(ctx context.Context, h *Handlers, s *snapshot, e encoding) (*variant, error) {
	if v := p.variants[e].Load(); v != nil {
		return v, nil
	}
	p.making.Lock()
	defer p.making.Unlock()
	if v := p.variants[e].Load(); v != nil {
		return v, nil
	}
	doc, err := p.document(ctx, s)
	if err != nil {
		return nil, err
	}
	v := &variant{status: doc.status, contentType: doc.contentType}
	if v.body, err = h.packer.pack(doc.body, e); err != nil {
		return nil, err
	}
	v.etag = v.body.etag()
	v.header = h.headerOf(p, s, v, e)
	if !h.deps.Static {
		p.variants[e].Store(v)
	}
	return v, nil
}

// document unpacks what is there already, or builds.
func (p *page) document(ctx context.Context, s *snapshot) (document, error) {
	for e := identity; e >= 0; e-- {
		if v := p.variants[e].Load(); v != nil {
			body, err := decompress(v.body.whole(), e)
			return document{v.status, v.contentType, body}, err
		}
	}
	return p.build(ctx, s)
}
