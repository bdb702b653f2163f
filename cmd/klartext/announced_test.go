package main

// announced publishes a change with one announcement in German.
func (r *robot) announced(slug, channel, text string) {
	r.t.Helper()
	topics := r.call("GET", "/topics", nil)["items"].([]any)
	entry := r.call("POST", "/entries", object{"kind": "entry", "slug": slug, "topic": topics[0].(object)["id"]})["id"].(string)
	revision := r.call("POST", "/entries/"+entry+"/revisions", object{
		"lang": "de", "title": "Was ist neu?", "short_answer": "Dies.", "body": "Wir sagen es hier.",
	})
	change := r.call("POST", "/changes", object{
		"slug": slug, "title": object{"de": "Etwas Neues"}, "why": object{"de": "Viele haben danach gefragt."}, "materiality": "material",
		"revisions": []any{revision["id"]},
	})["id"].(string)
	r.call("PUT", "/changes/"+change+"/announcements", []object{{"channel": channel, "lang": "de", "text": text, "link": true}})
	r.call("POST", "/changes/"+change+"/submit", object{})
	r.call("POST", "/changes/"+change+"/publish", object{})
}
