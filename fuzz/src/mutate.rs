//! Inputs out of the seeds: cut, joined and bent line by line, so that what comes out is still Markdown of some kind.
//!
//! The same number always makes the same input.

use std::path::Path;

use mdbook_archdoc::fuzzing;

/// What opens, closes, interrupts, hides or speaks to archdoc.
const LINES: &[&str] = &[
    "",
    "<style",
    "<style>",
    "<script",
    "<pre>",
    "<textarea>",
    "<!-- x",
    "<!--",
    "-->",
    "<? x",
    "?>",
    "<!X",
    ">",
    "<![CDATA[",
    "]]>",
    "</style>",
    "</pre>",
    "<div>",
    "</div>",
    "<details><summary>x</summary>",
    "<x-y>",
    "```",
    "~~~~",
    "````md",
    "$$",
    "---",
    "===",
    "***",
    "> quote",
    "> > deeper",
    "- item",
    "  - deeper",
    "1. one",
    "- [ ] open",
    "- [x] done",
    "-[x] odd",
    "    code",
    "\tcode",
    "| a | b |",
    "|---|---|",
    "| | |",
    "[a]: b",
    "- [Kafka]: messaging",
    "[^1]: note",
    "Term",
    ": definition",
    "\\",
    "text\\",
    "# Architecture Documentation: X",
    "## Change Log",
    "## Review Checklist",
    "##Security",
    "  ## Security",
    "    ## Security",
    "> ## Security",
    "- ## Security",
    "## Securty",
    "### Security",
    "#",
    "## ",
    "**Status**: Complete",
    "**Status**: Draft",
    "**Document Status**: Approved",
    "**Authro**: x",
    "Not applicable: no",
    "N/A",
    "TODO",
    "[Name] on [Date]",
    "{{#include part.md}}",
    "{{#include part.md:2:3}}",
    "{{#include part.md:a}}",
    "ANCHOR: a",
    "ANCHOR_END: a",
    "{{#include gone.md}}",
    "\\{{#include part.md}}",
    "<!-- archdoc: document -->",
    "<!-- archdoc: allow; rule=missing-section; reason=\"x\" -->",
    "<!-- archdoc: allow; rule=todo-marker -->",
    "<!-- archdoc: optional -->",
    "<!-- archdoc: alow; rule=x -->",
    "<!-- archdoc: overview -->",
    "<!-- archdoc: enrich; off=review -->",
    "<!-- archdoc: document",
    "[Repeat structure for each component]",
    "+++",
    "title: x",
    "\u{feff}## Security",
    "> [!NOTE]",
];

/// What goes wrong inside a line.
const BITS: &[&str] = &[
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "|",
    "\\|",
    "\\",
    "[",
    "]",
    "](",
    "<",
    ">",
    "<!--",
    "-->",
    "<b>",
    "&amp;",
    "&",
    "#",
    "{{",
    "{{{",
    "}}",
    "{#id}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\u{202e}",
    "\u{200d}",
    "\u{fe0f}",
    "👩\u{200d}💻",
    "é",
    "表",
    "：",
    "\0x",
    "\t",
    "    ",
    "\r",
    "1.",
    "- ",
    "> ",
    "[x] ",
    "$",
    "\\(",
    "http://a.b",
    "<a@b.c>",
    "![i](j.png)",
    "[l](m)",
    "[^1]",
    ":",
    "2026-02-30",
    "v1.2.3",
];

/// What a line can stand in.
const LEADS: &[&str] = &["> ", "- ", "  ", "    ", "\t", "1. ", "> > ", "> - ", "#", "| "];

/// A generator of numbers that is fast, small and the same everywhere: splitmix64.
pub struct Random(u64);

impl Random {
    /// The numbers of one execution.
    pub fn of(seed: u64, target: &str, execution: u64) -> Self {
        let mut random = Self(seed);
        for word in target.bytes().map(u64::from).chain([execution]) {
            random.0 = random.next() ^ word;
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

/// The seeds, as lines.
pub struct Seeds(Vec<Vec<String>>);

impl Seeds {
    /// The example book, the built-in templates, the templates of the tests, and what the pages of the rules show.
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut texts: Vec<String> = fuzzing::templates().map(|(_, text)| text.to_owned()).collect();
        for folder in ["example-book/src", "tests/templates", "src/rules"] {
            let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
            let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
            paths.sort();
            for text in paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()) {
                let shown = text
                    .split("~~~~markdown")
                    .skip(1)
                    .filter_map(|rest| rest.split("\n~~~~").next());
                texts.extend(shown.filter_map(|fence| Some(fence.split_once('\n')?.1.to_owned())));
                if folder != "src/rules" {
                    texts.push(text);
                }
            }
        }
        let lines = |text: String| text.lines().map(str::to_owned).collect();
        Self(texts.into_iter().filter(|text| !text.is_empty()).map(lines).collect())
    }

    /// Some lines of a seed, up to `most`.
    fn part(&self, random: &mut Random, most: usize) -> Vec<String> {
        let seed = &self.0[random.below(self.0.len())];
        let from = random.below(seed.len());
        let to = (from + 1 + random.below(most)).min(seed.len());
        seed[from..to].to_vec()
    }

    fn lines(&self, random: &mut Random) -> Vec<String> {
        let mut lines = match random.below(10) {
            0 => self.0[random.below(self.0.len())].clone(),
            1..5 => self.part(random, 60),
            _ => self.part(random, 12),
        };
        for _ in 0..random.below(10) {
            self.mutate(&mut lines, random);
        }
        lines
    }

    /// The input of a target.
    pub fn input(&self, target: &str, random: &mut Random) -> Vec<u8> {
        let text = match target {
            "template" => format!("{}\0{}", self.text(random), self.text(random)),
            "fix" => self.book(random),
            "escape" => self.phrase(random),
            _ => self.text(random),
        };
        if target != "message" {
            return text.into_bytes();
        }
        let settings = [
            "",
            "enrich = false\n",
            "documents = \"book\"\n",
            "template = \"arc42\"\n",
        ];
        let mut bytes = fuzzing::message(&text, random.pick(&settings)).into_bytes();
        for _ in 0..random.below(4) {
            let at = random.below(bytes.len());
            let to = (at + 1 + random.below(40)).min(bytes.len());
            if bytes.is_empty() {
                break;
            }
            match random.below(4) {
                0 => bytes[at] = random.below(256) as u8,
                1 => drop(bytes.drain(at..to)),
                2 => drop(bytes.splice(at..at, bytes[at..to].to_vec())),
                _ => bytes.truncate(at),
            }
        }
        bytes
    }

    fn book(&self, random: &mut Random) -> String {
        let names: Vec<&str> = fuzzing::templates().map(|(name, _)| name).collect();
        let template = if random.one_in(3) {
            self.text(random)
        } else {
            random.pick(&names).to_owned()
        };
        let mut book = template.replace('\0', "");
        for at in 0..1 + random.below(4) * random.below(2) {
            let text = self.text(random).replace('\0', "");
            let lead = if at > 0 && random.one_in(2) { "\t" } else { "" };
            book.push_str(&format!("\0{lead}{text}"));
        }
        book
    }

    fn phrase(&self, random: &mut Random) -> String {
        let mut phrase = String::new();
        for _ in 0..1 + random.below(8) {
            match random.below(4) {
                0 => phrase.push_str(random.pick(LINES)),
                1 => phrase.push(char::from(b' ' + random.below(95) as u8)),
                2 => phrase.push_str(self.part(random, 1).first().map_or("", String::as_str)),
                _ => phrase.push_str(random.pick(BITS)),
            }
        }
        phrase
    }

    fn text(&self, random: &mut Random) -> String {
        let lines = self.lines(random);
        let end = ["\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r"][random.below(9)];
        let mixed = random.one_in(30);
        let mut text = String::from(if random.one_in(20) { "\u{feff}" } else { "" });
        for line in &lines {
            text.push_str(line);
            text.push_str(if mixed { random.pick(&["\n", "\r\n", "\r"]) } else { end });
        }
        if random.one_in(3) {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        if random.one_in(20) {
            let at = (0..=random.below(text.len()))
                .rev()
                .find(|at| text.is_char_boundary(*at));
            text.truncate(at.unwrap_or(0));
        }
        text
    }

    fn mutate(&self, lines: &mut Vec<String>, random: &mut Random) {
        let from = random.below(lines.len() + 1);
        let to = (from + 1 + random.below(6)).min(lines.len()).max(from);
        let at = random.below(lines.len() + 1);
        match random.below(11) {
            0 => drop(lines.splice(from..from, self.part(random, 20))),
            1 => drop(lines.drain(from..to)),
            2 => {
                let copy = lines[from..to].to_vec();
                lines.splice(at..at, copy);
            }
            3 => {
                let moved: Vec<String> = lines.drain(from..to).collect();
                let at = at.min(lines.len());
                lines.splice(at..at, moved);
            }
            4 | 5 => lines.insert(from, random.pick(LINES).to_owned()),
            6 => {
                let lead = random.pick(LEADS);
                lines[from..to].iter_mut().for_each(|line| line.insert_str(0, lead));
            }
            7 => self.section(lines, at, random),
            8 if from + 1 < lines.len() => {
                let next = lines.remove(from + 1);
                lines[from].push_str(&next);
            }
            9 if from < lines.len() => {
                let mut cells: Vec<&str> = lines[from].split('|').collect();
                let cell = random.below(cells.len());
                cells[cell] = random.pick(BITS);
                lines[from] = cells.join("|");
            }
            _ if from < lines.len() => {
                let line = &mut lines[from];
                let at = (0..=random.below(line.len() + 1))
                    .rev()
                    .find(|at| line.is_char_boundary(*at));
                line.insert_str(at.unwrap_or(0), random.pick(BITS));
            }
            _ => {}
        }
    }

    /// Moves the section around a line to where a seed has another one, or drops it.
    fn section(&self, lines: &mut Vec<String>, at: usize, random: &mut Random) {
        let is_heading = |line: &String| line.starts_with('#');
        let start = lines.iter().take(at).rposition(is_heading).unwrap_or(0);
        let end = lines
            .iter()
            .skip(at)
            .position(is_heading)
            .map_or(lines.len(), |end| at + end);
        let section: Vec<String> = lines.drain(start..end).collect();
        let to = random.below(lines.len() + 1);
        if !random.one_in(3) {
            lines.splice(to..to, section);
        }
    }
}
