//! Lists of words and phrases, as the tables of this program write them. It compares nothing and knows no language.

use std::ops::Deref;
use std::sync::OnceLock;

/// A list that is written as one text and taken apart when it is first asked.
#[derive(Debug)]
pub struct Words {
    text: &'static str,
    list: OnceLock<Vec<&'static str>>,
}

impl Words {
    /// The words of a text with commas between them or, where it has none, with blanks.
    pub const fn new(text: &'static str) -> Self {
        let list = OnceLock::new();
        Self { text, list }
    }
}

impl Deref for Words {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.list.get_or_init(|| match self.text.contains(',') {
            true => self.text.split(',').map(str::trim).collect(),
            false => self.text.split_whitespace().collect(),
        })
    }
}
