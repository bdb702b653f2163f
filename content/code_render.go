package content

// Codes of a text that the renderer refuses, because showing it could cost too
// much or lose words. Args: "Limit" and "Found".
const (
	CodeRenderTooLong      Code = "render_too_long"
	CodeRenderNotUTF8      Code = "render_invalid_utf8"
	CodeRenderNUL          Code = "render_nul"
	CodeRenderNested       Code = "render_nested_too_deep"
	CodeRenderOutput       Code = "render_output_too_long"
	CodeRenderBrackets     Code = "render_too_many_brackets"
	CodeRenderDeclarations Code = "render_too_many_declarations"
	CodeRenderBackslashes  Code = "render_too_many_backslashes"
	CodeRenderLines        Code = "render_too_many_lines"
	CodeRenderAddresses    Code = "render_too_many_addresses"
	CodeRenderFences       Code = "render_too_many_code_fences"
	CodeRenderCells        Code = "render_too_many_table_cells"
)

// RenderCode is the code of a renderer's reason, such as "too_long".
func RenderCode(reason string) Code { return Code("render_" + reason) }
