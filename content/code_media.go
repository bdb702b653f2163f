package content

// Codes around pictures and threads. Each tells a person what to do next.
const (
	CodeMediaUnknown    Code = "media_unknown"
	CodePictureEmpty    Code = "picture_empty"
	CodePictureLarge    Code = "picture_large"
	CodePictureKind     Code = "picture_kind"
	CodePictureSVG      Code = "picture_svg"
	CodePictureName     Code = "picture_name" // the name says one kind, the bytes another
	CodePictureBroken   Code = "picture_broken"
	CodePictureSide     Code = "picture_side"
	CodePicturePixels   Code = "picture_pixels"
	CodePictureAnimated Code = "picture_animated"
	CodeAltNone         Code = "alt_none"
	CodeAltMissing      Code = "alt_missing"
	CodePicturesMany    Code = "pictures_many"

	// Around threads.
	CodePartsMany  Code = "parts_many"
	CodeWarnThread Code = "warn_thread"
)
