package content

// Codes of a site's look, its front page and its pictures.
const (
	CodeColourForm     Code = "colour_form"
	CodeColourContrast Code = "colour_contrast" // Args: Value, Found, Needed, Nearest
	CodeFeaturedKind   Code = "featured_kind"
	CodeLogoForm       Code = "logo_form"
	CodeLogoLarge      Code = "logo_large" // Args: Limit, in thousands of bytes or pixels
	CodeLogoUnknown    Code = "logo_unknown"
)
