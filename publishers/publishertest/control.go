package publishertest

import (
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// wish is the body of POST /_fake/mood, as JSON or as a form.
type wish struct {
	Route  Route  `json:"route"`
	Mood   string `json:"mood"` // "" makes the fake calm
	Always bool   `json:"always"`
}

// control adds the addresses by which a person or a browser test plays with the fake.
func (f *Fake) control() {
	f.mux.HandleFunc("POST /_fake/mood", f.setMood)
	f.mux.HandleFunc("GET /_fake/posts", func(w http.ResponseWriter, _ *http.Request) {
		write(w, reply{http.StatusOK, nil, f.Posts()})
	})
	f.mux.HandleFunc("POST /_fake/reset", func(w http.ResponseWriter, _ *http.Request) {
		f.Reset()
		w.WriteHeader(http.StatusNoContent)
	})
	f.mux.HandleFunc("POST /_fake/release", func(w http.ResponseWriter, _ *http.Request) {
		f.Release()
		w.WriteHeader(http.StatusNoContent)
	})
	f.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { f.show(w, f.Posts()) })
	f.mux.HandleFunc("GET /@account/{id}", f.showOne)
	f.mux.HandleFunc("GET /i/web/status/{id}", f.showOne)
}

func (f *Fake) setMood(w http.ResponseWriter, r *http.Request) {
	var wanted wish
	fromForm := !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")
	if fromForm {
		wanted = wish{Route(r.FormValue("route")), r.FormValue("mood"), r.FormValue("always") != ""}
	} else if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if problem := f.grant(wanted); problem != "" {
		http.Error(w, problem, http.StatusNotFound)
		return
	}
	if fromForm {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// grant takes on the mood, or says why not.
func (f *Fake) grant(wanted wish) string {
	mood, ok := Named(wanted.Mood)
	switch {
	case wanted.Mood == "":
		f.Calm()
	case !ok:
		return "there is no such mood; there are:\n" + strings.Join(moodNames(), "\n")
	case !slices.Contains(routes(), wanted.Route):
		return "there is no such route; there are: " + strings.Join(routeNames(), ", ")
	case wanted.Always:
		f.Always(wanted.Route, mood)
	default:
		f.Next(wanted.Route, mood)
	}
	return ""
}

func routes() []Route { return []Route{Publish, Upload, Look, Check, Read, Edit, Withdraw, SignIn} }

func routeNames() (names []string) {
	for _, r := range routes() {
		names = append(names, string(r))
	}
	return names
}

func moodNames() []string {
	var names []string
	for _, m := range Moods() {
		names = append(names, m.Name)
	}
	return names
}

// shown is what the page shows.
type shown struct {
	Posts  []Held
	Moods  []string
	Routes []Route
}

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A network that is not one</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #999;padding:1rem 0}p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}</style>
<h1>Posts held here: {{len .Posts}}</h1>
<form method="post" action="/_fake/mood">
<label>The next call to <select name="route">{{range .Routes}}<option>{{.}}</option>{{end}}</select></label>
<label>gets <select name="mood"><option value="">(calm again)</option>{{range .Moods}}<option>{{.}}</option>{{end}}</select></label>
<label><input type="checkbox" name="always"> from now on</label> <button>Set</button></form>
{{range .Posts}}<article id="{{.ID}}">{{with .Warning}}<strong>{{.}}</strong>{{end}}<p>{{.Text}}{{with .Link}}
{{.}}{{end}}</p>{{range .Pictures}}<p>[{{.Alt}}]</p>{{end}}<small><a href="{{.URL}}">{{.At.Format "2006-01-02 15:04:05"}} UTC</a> {{.Lang}} {{.Visibility}}
{{- with .ReplyTo}} answers <a href="#{{.}}">{{.}}</a>{{end}}
{{- if gt .Arrivals 1}} came in {{.Arrivals}} times{{end}}</small></article>{{end}}`))

func (f *Fake) show(w http.ResponseWriter, posts []Held) {
	slices.Reverse(posts)
	w.Header().Set("Content-Type", htmlType)
	_ = page.Execute(w, shown{posts, moodNames(), routes()}) // the reader left
}

func (f *Fake) showOne(w http.ResponseWriter, r *http.Request) {
	posts := f.Posts()
	if i := slices.IndexFunc(posts, withID(r.PathValue("id"))); i >= 0 {
		f.show(w, posts[i:i+1])
		return
	}
	http.NotFound(w, r)
}
