package main

import (
	"errors"
	"reflect"
	"slices"
	"strings"
)

const variablePrefix = "KLARTEXT_"

// variables lists the environment variables that config knows, from its tags.
func variables() []string {
	return variablesOf(reflect.TypeFor[config]())
}

func variablesOf(settings reflect.Type) (names []string) {
	for field := range settings.Fields() {
		if name := field.Tag.Get("var"); name != "" {
			names = append(names, name)
		}
		if _, group := field.Tag.Lookup("embed"); group {
			names = append(names, variablesOf(field.Type)...)
		}
	}
	return names
}

// byVariable makes the parser's complaint about a flag one about the variable that its value came from.
func byVariable(err error, env map[string]string, args []string) error {
	for _, name := range variables() {
		flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, variablePrefix), "_", "-"))
		rest, about := strings.CutPrefix(err.Error(), flag)
		if !about || env[name] == "" || (!strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, ":")) {
			continue
		}
		if !slices.ContainsFunc(args, func(arg string) bool { return arg == flag || strings.HasPrefix(arg, flag+"=") }) {
			return errors.New(name + rest)
		}
	}
	return err
}
