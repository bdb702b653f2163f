package main

import "reflect"

// variables lists the environment variables that config knows, from its tags.
func variables() []string {
	var names []string
	for field := range reflect.TypeFor[config]().Fields() {
		if name := field.Tag.Get("var"); name != "" {
			names = append(names, name)
		}
	}
	return names
}
