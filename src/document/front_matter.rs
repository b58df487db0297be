//! Where front matter ends, which mdBook itself does not know. It never reads what stands in it.

use crate::source::Span;

/// The front matter at the start of a chapter, `---` or `+++` around lines of data, with its fences.
pub fn front_matter(text: &str) -> Option<Span> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut end = first.len();
    // A comment in the first line may be a heading as well: then what follows has to be a key.
    let mut comment = false;
    for (number, line) in lines.enumerate() {
        end += line.len();
        let line = line.trim_end();
        if line == fence {
            return (!comment).then_some(Span::new(0, end));
        }
        if (comment || number == 0) && line.starts_with('#') {
            comment = true;
            continue;
        }
        if !is_data(line, fence, comment || number == 0) {
            return None;
        }
        comment = false;
    }
    None
}

/// Whether a line can stand in front matter. Markdown between two thematic breaks is none; an empty line right below
/// the fence makes it a break, for nobody begins front matter with one.
fn is_data(line: &str, fence: &str, first: bool) -> bool {
    if ["```", "~~~", "<"]
        .iter()
        .any(|mark| line.trim_start().starts_with(mark))
    {
        return false;
    }
    let table = fence == "+++" && line.starts_with('[');
    let separator = if fence == "+++" { '=' } else { ':' };
    let key = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
    let more = line.is_empty() || line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}']);
    table || key && line.contains(separator) || more && !first
}
