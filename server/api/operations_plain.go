package api

import (
	"net/http"

	"klartext/content"
)

// plainOperations are about plain language: the glossary, findings that were put aside, how hard texts are.
func plainOperations() []operation {
	gone := func(path, name string, act content.Act, summary string) operation {
		return operation{method: http.MethodDelete, path: version + path, name: name, act: act, summary: summary, status: http.StatusNoContent}
	}
	return []operation{
		get[listOf[termJSON]]("/glossary", "listTerms", everybody, "The terms that the site explains", paged(parameter{name: "lang", doc: "only this language"})...),
		create[termInput, termJSON]("/glossary", "createTerm", content.EditGlossary, "Explain a term; readers see it at once"),
		do[termPatchInput, termJSON](http.MethodPatch, "/glossary/{id}", "editTerm", content.EditGlossary, "Change what is given of a term"),
		gone("/glossary/{id}", "deleteTerm", content.EditGlossary, "Take a term out"),
		get[listOf[starterJSON]]("/glossary-starters", "listStarters", content.ReadDrafts, "Built-in terms of data protection that the glossary does not have yet",
			parameter{name: "lang", doc: "the language; required"}),
		do[adoptInput, listOf[termJSON]](http.MethodPost, "/glossary-starters/adopt", "adoptTerms", content.EditGlossary, "Take built-in terms over into the glossary"),
		get[listOf[ignoredJSON]]("/entries/{id}/ignored", "listIgnored", content.ReadDrafts, "Findings that were put aside for good in an entry, with the reasons", paged()...),
		create[ignoredInput, ignoredJSON]("/entries/{id}/ignored", "addIgnored", content.WriteRevision,
			"Put a finding aside for good, with a reason; one that may be an error only where one may override the gate"),
		gone("/ignored/{id}", "deleteIgnored", content.WriteRevision, "Take a finding up again"),
		get[listOf[rankedJSON]]("/clarity", "listClarity", content.ReadDrafts, "All published texts, the hardest first, with the trend over their versions", paged()...),
		get[listOf[ruleJSON]]("/rules", "listRules", content.ReadDrafts, "What the checker looks for"),
	}
}
