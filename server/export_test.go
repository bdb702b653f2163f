package server

import "github.com/gofiber/fiber/v2"

// Replace puts another app into the server, so that a test decides how long a handler takes.
func (s *Server) Replace(app *fiber.App) { s.app = app }
