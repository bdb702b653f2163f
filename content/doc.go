// Package content is the domain of Klartext: entries and policies on data use,
// their revisions and versions, the changes that publish them, and the people
// who may do so. It knows nothing of SQL, HTTP, HTML or any social network.
package content
