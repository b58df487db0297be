//! Text from outside, for where it lands: in a line of Markdown, at a line's begin, in HTML, in an address.
//!
//! One function a landing place, and nobody else escapes. It never judges what a text says: all of it is shown.

use pulldown_cmark::{Event, Options, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

/// The longest text from outside that is shown, in characters.
pub(super) const MAX_TEXT: usize = 200;

/// A text from outside, made one line that fits a line: white space and control characters are single blanks, and what
/// is too long ends with `…` behind a whole word.
pub fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || turns(c);
    let plain = |byte: u8| matches!(byte, b' '..=b'~');
    if text.len() <= MAX_TEXT && text.bytes().all(plain) && text.trim() == text && !text.contains("  ") {
        return text.to_owned();
    }
    let mut line = String::new();
    let mut count = 0;
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count == MAX_TEXT {
                return cut(&line);
            }
            line.push(c);
            count += 1;
        }
    }
    line
}

/// Whether a character turns the direction of what stands around it.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line that was too long, up to the last word that is whole. A word as long as the line is cut where it must be.
fn cut(line: &str) -> String {
    let words = line.rsplit_once(' ').map(|(words, _)| words);
    let kept = words.filter(|words| words.len() > line.len() / 2).unwrap_or(line);
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.', '-', '–']))
}

/// A text from outside as Markdown that shows it as it was typed: behind other words of a line, in a heading, in a
/// table's cell, between the marks of a link. Where it begins a line, [`line_start`] makes it safe besides.
///
/// It is dead for everyone who reads the line: for Markdown, for HTML, for mdBook's `links`, which runs after archdoc and
/// takes two braces for a directive's, and for the MathJax of `mathjax-support`. Quotes alone are set as all of the book's
/// are, curly or not.
pub fn escaped(text: &str) -> String {
    let line = one_line(text);
    // Letters are what they are, and so is nearly every text.
    if line.chars().all(|c| c.is_alphanumeric() || is_harmless(c)) && !line.contains("--") && !line.contains("...") {
        return line;
    }
    written(&line)
}

/// The same of a text that is one line.
pub(super) fn written(line: &str) -> String {
    // In front of it stands a word that is taken away again: `1.` begins a list at the start of a line only.
    const LEAD: &str = "a ";
    let mut events = vec![Event::Start(Tag::Paragraph), Event::Text(LEAD.into())];
    for (at, part) in without_tex(line).into_iter().enumerate() {
        if at > 0 {
            events.push(Event::InlineHtml(APART.into()));
        }
        events.push(Event::Text(part.into()));
    }
    events.push(Event::End(TagEnd::Paragraph));
    let mut markdown = String::new();
    // What it writes to is a text, which cannot fail.
    let _ = cmark(events, &mut markdown, options());
    let markdown = markdown.trim_matches('\n').strip_prefix(LEAD).unwrap_or_default();
    without_host_marks(markdown)
}

/// What Markdown is written for: what every mdBook host understands.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

/// Whether a sign means nothing in Markdown behind other words of a line, wherever it stands.
fn is_harmless(c: char) -> bool {
    matches!(
        c,
        ' ' | ',' | '.' | ';' | ':' | '?' | '(' | ')' | '/' | '%' | '\'' | '"' | '-' | '–' | '—' | '…'
    )
}

/// An element that shows nothing. MathJax looks for its signs in one stretch of text, which it ends.
const APART: &str = "<wbr/>";

/// What begins or ends a formula behind a backslash, by the configuration of MathJax that mdBook loads: `tex2jax` reads
/// `\(`, `\[`, `$$`, environments and references.
const TEX: [&str; 8] = ["(", ")", "[", "]", "begin{", "end{", "ref{", "eqref{"];

/// A text in parts none of which has a formula's begin or end.
fn without_tex(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|rest| rest.find(['$', '\\'])) {
        // Both signs are one byte long.
        let (part, behind) = rest.split_at(from + found + 1);
        let is_tex = match part.ends_with('$') {
            true => behind.starts_with('$'),
            false => TEX.iter().any(|sign| behind.starts_with(sign)),
        };
        if is_tex {
            parts.push(part);
            (rest, from) = (behind, 0);
        } else {
            from += found + 1;
        }
    }
    parts.push(rest);
    parts
}

/// Markdown as the renderer writes it, without what the host reads and Markdown alone does not: a directive's braces and
/// a heading's attributes, dashes and dots that become one sign, and the `#` that closes a heading.
fn without_host_marks(markdown: &str) -> String {
    let mut dead = String::with_capacity(markdown.len());
    for c in markdown.chars() {
        // A backslash in front of it stands for itself already: two of them are written.
        let read = match c {
            '{' | '}' => true,
            '-' => dead.ends_with('-'),
            '.' => dead.ends_with(".."),
            _ => false,
        };
        if read {
            dead.push('\\');
        }
        dead.push(c);
    }
    let open = dead.trim_end_matches('#').len();
    if open < dead.len()
        && dead
            .get(..open)
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    {
        dead.insert(open, '\\');
    }
    dead
}

/// Markdown that stands within a line, as the begin of one: nothing in it begins a list, a heading or another block.
pub fn line_start(markdown: &str) -> String {
    let digits = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (before, rest) = markdown.split_at(digits);
    let mut signs = rest.chars();
    let sign = signs.next();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let begins = match sign {
        Some('.' | ')') => (1..=9).contains(&digits) && ends(signs.as_str()),
        Some('-' | '+') => digits == 0 && ends(signs.as_str()),
        Some('#') => digits == 0 && ends(rest.trim_start_matches('#')),
        Some('=') => digits == 0 && rest.trim_matches(['=', ' ']).is_empty(),
        Some('>' | ':') => digits == 0,
        _ => false,
    };
    if begins {
        format!("{before}\\{rest}")
    } else {
        markdown.to_owned()
    }
}

/// A text from outside as HTML that shows it, as an element's text or an attribute's value. Neither Markdown nor
/// mdBook's directives come alive in it. Against MathJax the element around it has to have the class of
/// [`NO_TEX`].
pub fn escaped_html(text: &str) -> String {
    attribute(&one_line(text))
}

/// The same of an address, which nothing may be left out of.
pub fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The class of an element whose text MathJax passes over.
pub const NO_TEX: &str = "tex2jax_ignore";

/// A path or an id as a part of an address, in Markdown and in HTML: what could end it there is percent-encoded.
pub fn link_target(text: &str) -> String {
    encoded(text, "/.-_~")
}

/// The address of a link out of the book, as Markdown and HTML can have it: to a page of the web, a mailbox, or a place
/// that is said from the page on. None for whatever else it may be, which is then no link: another scheme runs a program
/// or opens a file, and `//host` is another host that looks like a path.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    // Browsers leave line ends out and take `\` for `/`: who writes them means harm, or no address.
    if text.is_empty() || text.starts_with("//") || text.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let head = text.split(['/', '?', '#']).next().unwrap_or("");
    if let Some((scheme, _)) = head.split_once(':') {
        let known = ["http", "https", "mailto"];
        if !known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return None;
        }
    }
    Some(encoded(text, "-._~:/?#@!$&'*+,;=%"))
}

/// A link in Markdown: words that are Markdown already, and an address that is encoded already.
pub fn link(markdown: &str, address: &str) -> String {
    format!("[{markdown}]({})", address.replace('&', "&amp;"))
}

/// A text with all but letters, digits and these signs percent-encoded.
fn encoded(text: &str, plain: &str) -> String {
    let mut encoded = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || plain.contains(c) {
            encoded.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}
