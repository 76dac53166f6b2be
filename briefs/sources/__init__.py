"""Where articles come from: files, feeds and pages."""
