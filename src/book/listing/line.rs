//! The lines of a summary: how a chapter is written, and where its line goes in the text.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// The line that lists a chapter, for a person to add.
pub fn listing_line(title: &str, path: &str) -> String {
    format!("- {}", link(title, path))
}

/// The link that mdBook reads as this title and this path.
pub(super) fn link(title: &str, path: &str) -> String {
    format!("[{}]({})", text(title), target(path))
}

/// A title as the text of a link: no character in it is more than itself.
fn text(title: &str) -> String {
    let mut text = String::new();
    for c in title.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// A path as the target of a link. mdBook takes `%20` for a blank, and every other `%` for itself.
fn target(path: &str) -> String {
    let mut target = String::new();
    for c in path.chars() {
        match c {
            ' ' => target.push_str("%20"),
            c if c.is_ascii_control() => target.push_str(&format!("&#{};", u32::from(c))),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '(' | ')' | '&' => target.extend(['\\', c]),
            c => target.push(c),
        }
    }
    target
}

/// An item of a list.
#[derive(Debug)]
struct Item {
    /// Where its chapter's file is; none for a draft.
    location: Option<String>,
    /// All of it, with what is nested.
    range: Range<usize>,
    /// In how many items it is.
    depth: usize,
}

/// A summary's text, and where its links stand.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    items: Vec<Item>,
    /// The links outside of lists: where each leads, and where it ends.
    links: Vec<(String, usize)>,
    /// Where the last heading of a part ends.
    heading: Option<usize>,
}

impl<'t> Lines<'t> {
    /// Reads as mdBook does: Markdown without any extension.
    pub(super) fn of(text: &'t str) -> Self {
        let (mut items, mut links, mut heading) = (Vec::new(), Vec::new(), None);
        // The targets of the items that are open, where a link was found in them.
        let mut open: Vec<Option<String>> = Vec::new();
        for (event, range) in Parser::new(text).into_offset_iter() {
            match event {
                Event::Start(Tag::Item) => open.push(None),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let location = dest_url.replace("%20", " ");
                    match open.last_mut() {
                        Some(item) => {
                            item.get_or_insert(location);
                        }
                        None => links.push((location, range.end)),
                    }
                }
                Event::End(TagEnd::Item) => items.push(Item {
                    location: open.pop().flatten(),
                    range,
                    depth: open.len(),
                }),
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => heading = Some(range.end),
                _ => {}
            }
        }
        Self {
            text,
            items,
            links,
            heading,
        }
    }

    /// The text with the link as an item behind that of a chapter.
    pub(super) fn behind(&self, location: &str, link: &str) -> Option<String> {
        let is_it = |item: &&Item| item.location.as_deref() == Some(location);
        self.behind_item(self.items.iter().find(is_it)?, link)
    }

    /// The text with the link as an item behind the last one of the last list.
    pub(super) fn last(&self, link: &str) -> Option<String> {
        self.behind_item(self.items.iter().rfind(|item| item.depth == 0)?, link)
    }

    fn behind_item(&self, item: &Item, link: &str) -> Option<String> {
        let whole = self.text.get(item.range.clone())?;
        let start = item.range.start + (whole.len() - whole.trim_start_matches([' ', '\t']).len());
        let before = self.text.get(..start)?;
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indent = before.get(line..)?.replace(|c| c != ' ' && c != '\t', "");
        let marker = self.marker_behind(item)?;
        let end = self.end_of_line(item.range.start + trimmed(whole).len());
        Some(self.with(end, &format!("{}{indent}{marker} {link}", self.line_end())))
    }

    /// What begins an item behind this one: the same sign, or the next number, unless all have the same.
    fn marker_behind(&self, item: &Item) -> Option<String> {
        let marker = self.marker(item)?;
        let (digits, sign) = marker.split_at_checked(marker.len().checked_sub(1)?)?;
        let has_same = |other: &Item| {
            other.depth == item.depth && other.range.start != item.range.start && self.marker(other) == Some(marker)
        };
        // CommonMark has lists up to this number.
        let next = digits.parse::<u32>().ok().map(|number| number + 1);
        let next = next.filter(|next| *next <= 999_999_999 && !self.items.iter().any(has_same));
        Some(next.map_or_else(|| marker.to_owned(), |next| format!("{next}{sign}")))
    }

    fn marker(&self, item: &Item) -> Option<&'t str> {
        self.text.get(item.range.clone())?.split_whitespace().next()
    }

    /// The text with the link on a line of its own behind a link that is in no list.
    pub(super) fn behind_link(&self, location: &str, link: &str) -> Option<String> {
        let (_, end) = self.links.iter().find(|(other, _)| other == location)?;
        let end = self.end_of_line(*end);
        Some(self.with(end, &format!("{}{link}", self.line_end())))
    }

    /// The text with the link in a list of its own at the end.
    pub(super) fn end(&self, link: &str) -> String {
        let end = trimmed(self.text).len();
        let line_end = self.line_end();
        let gap = if end == 0 { String::new() } else { line_end.repeat(2) };
        let rest = self.text.get(end..).unwrap_or("");
        let last = if rest.contains(['\n', '\r']) { "" } else { line_end };
        self.with(end, &format!("{gap}- {link}{last}"))
    }

    /// The text with the link in a list of its own below the last heading.
    pub(super) fn below_heading(&self, link: &str) -> Option<String> {
        let end = trimmed(self.text.get(..self.heading?)?).len();
        let line_end = self.line_end();
        let next_line = self.text.get(end..)?.strip_prefix(line_end)?;
        let gap = if next_line.starts_with(['\n', '\r']) {
            ""
        } else {
            line_end
        };
        Some(self.with(end, &format!("{line_end}{line_end}- {link}{gap}")))
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    fn with(&self, at: usize, more: &str) -> String {
        let (before, behind) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        format!("{before}{more}{behind}")
    }
}

/// The text without white space behind it.
fn trimmed(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\n', '\r'])
}
