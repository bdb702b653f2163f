package main

import (
	"cmp"
	"runtime"
	"runtime/debug"
)

// version is set by the linker for a release.
var version = ""

// versionCommand says which program this is.
type versionCommand struct{}

// Run prints version, revision and Go version.
func (*versionCommand) Run(p *program) error {
	revision := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		revision = revisionOf(info)
	}
	return p.say("klartext %s\nrevision %s\n%s %s/%s\n",
		versionText(), revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// versionText is the released version, or says that this is none.
func versionText() string { return cmp.Or(version, "unreleased") }

// revisionOf is the commit that the program was built from, and whether files had been changed since.
func revisionOf(info *debug.BuildInfo) string {
	revision, changed := "unknown", ""
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			revision = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = " with changes"
		}
	}
	return revision + changed
}
