//! The book's own pages, a row each. Which words are markers follows from the rows, and, where pages are made, what makes
//! each; nothing else may list them.

/// A row: the word of its marker; what makes it, among the modules of `facts::pages`; its `kinds`, where a marker may ask
/// for one of several: an empty list where they are the documents' own words; whether it says something else tomorrow.
/// `$each!` makes what it wants of the rows.
macro_rules! pages {
    ($each:ident) => {
        $each! {
            "changes": changes::parts, kinds None, dated false;
            "components": technical::components, kinds None, dated false;
            "decisions": registers::decisions, kinds Some(&[]), dated false;
            "endpoints": technical::endpoints, kinds Some(&[]), dated false;
            "limitations": plans::limitations, kinds None, dated false;
            "overview": overview::parts, kinds None, dated true;
            "recovery": plans::recovery, kinds None, dated false;
            "references": people::references, kinds Some(&["link", "text"]), dated false;
            "requirements": registers::requirements, kinds Some(&["functional", "non-functional"]), dated false;
            "reviews": overview::reviews, kinds None, dated true;
            "roadmap": plans::roadmap, kinds None, dated true;
            "services": technical::services, kinds Some(&[]), dated false;
            "stakeholders": people::stakeholders, kinds None, dated false;
            "technologies": registers::technologies, kinds Some(&[]), dated false;
        }
    };
}
pub(crate) use pages;

macro_rules! words {
    ($($word:literal: $make:path, kinds $kinds:expr, dated $dated:literal;)*) => {
        /// The words of markers: comments that stand where one of the book's own pages is wanted.
        pub const PAGES: &[&str] = &[$($word),*];
    };
}
pages!(words);
