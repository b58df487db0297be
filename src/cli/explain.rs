//! `explain`: a rule's page.

use super::{Failure, Form, Outcome, print};
use crate::naming;
use crate::rules;

/// Prints the page of the rule.
pub fn run(name: &str) -> Result<Outcome, Failure> {
    match rules::rule(name) {
        Some(rule) => {
            print(Form::Text, rule.page)?;
            Ok(Outcome::Clean)
        }
        None => {
            let help = match naming::nearest(name, rules::names()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`mdbook-archdoc rules` lists them".to_owned(),
            };
            Err(Failure::with_help(format!("there is no rule `{name}`"), help))
        }
    }
}
