// Bundle puts the sources of the text editor and the npm packages they use into one file, which is committed, so that
// Go alone builds the program. Run it in the root of the repository after "npm ci --ignore-scripts".
package main

import (
	"fmt"
	"os"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{"static/editor/editor.js"}, Outfile: "static/dist/editor.js",
		Bundle: true, Write: true, Format: api.FormatESModule, Target: api.ES2022, LegalComments: api.LegalCommentsNone,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Charset: api.CharsetUTF8,
		// The same bytes wherever the repository lies.
		AbsWorkingDir: workingDir(), Sourcemap: api.SourceMapNone, Metafile: false,
	})
	for _, message := range result.Errors {
		fmt.Fprintln(os.Stderr, message.Text)
	}
	if len(result.Errors) > 0 {
		os.Exit(1)
	}
}

func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return dir
}
