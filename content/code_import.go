package content

// Codes of an import. Each is about one line; its Args "Line" and "Name" say where.
const (
	CodeImportBroken      Code = "import_broken" // of the whole file: Count lines, the first is Line
	CodeImportLineLong    Code = "import_line_long"
	CodeImportJSON        Code = "import_json"
	CodeImportType        Code = "import_type"
	CodeImportDate        Code = "import_date"
	CodeImportFuture      Code = "import_future"
	CodeImportTwice       Code = "import_twice"
	CodeImportKindDiffers Code = "import_kind_differs"
	CodeImportStatus      Code = "import_status"
	CodeImportOld         Code = "import_old" // older than what readers see already
)

// CodeNotEmpty says that the demo was asked to fill a site that has content.
const CodeNotEmpty Code = "not_empty"
