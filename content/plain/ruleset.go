package plain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// codeSet counts the changes of rules and weights that can change a verdict. The lists
// need no counting: they are part of the name of the rule set.
const codeSet = "2"

// RuleSet names the rules, lists and weights. It changes with each change that can
// change a verdict: whoever keeps a verdict keeps this with it.
func (c *Checker) RuleSet() string { return c.ruleSet }

func nameRuleSet() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(lists, "lists", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := lists.ReadFile(path)
		if err != nil {
			return err
		}
		sum.Write(fmt.Appendf(nil, "%s %d\n", path, len(raw)))
		sum.Write(raw)
		return nil
	})
	return codeSet + "." + hex.EncodeToString(sum.Sum(nil)[:4]), err
}
