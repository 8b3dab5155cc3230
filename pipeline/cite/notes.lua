-- Each footnote as a paragraph of its own, without the marks that only the making of it needs.
function Note(note)
  return pandoc.utils.blocks_to_inlines(note.content)
end

function Cite(cite)
  return cite.content
end

function Span(span)
  return span.content
end
