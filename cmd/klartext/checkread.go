package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"klartext/content/plain"
	"klartext/server/locale"
	"klartext/server/web"
)

// textReader reads files and has them checked.
type textReader struct {
	command *checkCommand
	checker *plain.Checker
	words   *locale.Printer
	stdin   io.Reader
}

// check reads one file and checks it. What is wrong with the file stands in the answer; the error ends the whole run.
func (r *textReader) check(ctx context.Context, path string) (checkedFile, error) {
	file := checkedFile{Path: path}
	source, err := r.read(path)
	if err == nil {
		head := headOf(source)
		file.lines = newLines(source)
		file.Lang, file.Result, err = r.checkText(ctx, path, source, head)
	}
	switch {
	case ctx.Err() != nil:
		return file, fmt.Errorf("check %s: %w", path, ctx.Err())
	case err != nil:
		file.Error = r.explain(err)
	default:
		file.Passed = r.command.passes(file.Result)
	}
	return file, nil
}

// explain says in words why a text cannot be checked.
func (r *textReader) explain(err error) string {
	if sentence, known := r.words.FieldErrors(web.CheckError("text", err))["text"]; known {
		return sentence
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err // the path stands before it already
	}
	return err.Error()
}

func (r *textReader) read(path string) (string, error) {
	in := r.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer func() { _ = f.Close() }() // it was only read
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return "", errors.New("this is a folder; please name the files in it")
		}
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, plain.MaxBytes+1))
	if err != nil {
		return "", err
	}
	if len(data) > plain.MaxBytes {
		return "", &plain.InputError{Code: "too_long", Limit: plain.MaxBytes, Found: len(data)}
	}
	return string(data), nil
}

// anyLang is for texts that name no language: the checker finds that there is no word in them, or else nothing it says counts.
const anyLang = "en"

// checkText checks what follows the head. All offsets are those of the whole file.
func (r *textReader) checkText(ctx context.Context, path, source string, head head) (string, *plain.Result, error) {
	text := source[head.length:]
	lang, err := r.langOf(path, head)
	if err != nil {
		return "", nil, err
	}
	lang = cmp.Or(lang, guess(text))
	result, err := r.checker.Check(ctx, plain.Input{
		Source: text, Lang: cmp.Or(lang, anyLang), Kind: r.command.Kind, MessageLang: r.command.Messages,
	})
	switch {
	case err != nil:
		return "", nil, shifted(err, head.length)
	case result.Words > 0 && lang == "":
		return "", nil, errors.New("the text does not show its language; please say --lang de or --lang en")
	}
	for i := range result.Findings {
		result.Findings[i].Start += head.length
		result.Findings[i].End += head.length
	}
	return lang, &result, nil
}

func shifted(err error, by int) error {
	if refused, ok := errors.AsType[*plain.InputError](err); ok {
		return &plain.InputError{Code: refused.Code, Limit: refused.Limit, Found: refused.Found, Offset: refused.Offset + by}
	}
	return err
}

// langOf is the language that somebody named: on the command line, in the file's name, in its front matter; "" where nobody did.
func (r *textReader) langOf(path string, head head) (string, error) {
	if r.command.Lang != "" {
		return r.command.Lang, nil
	}
	if lang := langInName(path); lang != "" {
		return lang, nil
	}
	lang := known(head.lang)
	if lang == "" && head.lang != "" {
		return "", fmt.Errorf("its front matter says lang: %s; texts in %s can be checked", head.lang, strings.Join(plain.Languages(), " and "))
	}
	return lang, nil
}
