//! `unmatched-endpoint`: an endpoint that a component names and the API documentation does not describe, or the other
//! way round.

use super::{Check, Finding, Findings, Group, Rule};
use crate::diagnostic::{Level, Levels};
use crate::facts::Facts;
use crate::record::Endpoint;

pub static RULE: Rule = Rule {
    name: "unmatched-endpoint",
    group: Group::Content,
    levels: Levels::always(Level::Info),
    page: include_str!("unmatched_endpoint.md"),
    check: Check::WholeDocument(check),
};

/// With more than this many on each side and none alike, the two sides speak of different things.
const FOREIGN: usize = 2;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let (named, described): (Vec<&Endpoint>, Vec<&Endpoint>) = facts
        .records
        .endpoints
        .iter()
        .partition(|endpoint| endpoint.component.is_some());
    if named.is_empty() || described.is_empty() {
        return;
    }
    let coverage = facts.records.endpoints.coverage;
    let lone = |of: &[&Endpoint], among: &[&Endpoint]| -> Vec<usize> {
        let known = |endpoint: &Endpoint| among.iter().any(|other| same(endpoint, other));
        (0..of.len())
            .filter(|at| of.get(*at).is_some_and(|endpoint| !known(endpoint)))
            .collect()
    };
    let (unknown, unnamed) = (lone(&named, &described), lone(&described, &named));
    let foreign = unknown.len() == named.len() && unnamed.len() == described.len();
    if foreign && named.len() > FOREIGN && described.len() > FOREIGN {
        return;
    }
    // Where all that is described stands under `/api`, a path outside it is a page and no part of the API.
    let bases = ["/api/", "/v1/", "/v2/", "/rest/"];
    let base = bases
        .iter()
        .find(|base| described.iter().all(|endpoint| endpoint.pattern.starts_with(**base)));
    let page = |endpoint: &Endpoint| base.is_some_and(|base| !endpoint.pattern.starts_with(base));
    if coverage.documentation {
        let unknown = unknown.into_iter().filter_map(|at| named.get(at));
        for endpoint in unknown.filter(|endpoint| !page(endpoint)) {
            let component = endpoint.component.as_deref().unwrap_or_default();
            findings.push(Finding {
                label: format!("named by `{component}`"),
                help: Some("describe it under `API Documentation`, or take it out here if it is gone".to_owned()),
                section: Some("api-documentation".to_owned()),
                ..Finding::at(
                    endpoint.path.span,
                    format!("{} is not in the API documentation", name(endpoint)),
                )
            });
        }
    }
    if coverage.components {
        for endpoint in unnamed.into_iter().filter_map(|at| described.get(at)) {
            findings.push(Finding {
                label: "described here".to_owned(),
                help: Some(
                    "name it among the APIs of the component that serves it, or take it out here if it is gone"
                        .to_owned(),
                ),
                section: Some("component-details".to_owned()),
                ..Finding::at(endpoint.path.span, format!("no component names {}", name(endpoint)))
            });
        }
    }
}

fn name(endpoint: &Endpoint) -> String {
    format!("`{} {}`", endpoint.method, endpoint.path.text)
}

/// Whether both are one endpoint; one may leave out a base path such as `/api/v1`.
fn same(one: &Endpoint, other: &Endpoint) -> bool {
    let extends = |long: &str, short: &str| {
        let base = long.strip_suffix(short);
        short.len() > 1 && base.is_some_and(|base| !base.contains('{'))
    };
    one.method == other.method
        && (extends(&one.pattern, &other.pattern)
            || extends(&other.pattern, &one.pattern)
            || one.pattern == other.pattern)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Said;
    use crate::source::Span;

    fn endpoint(method: &str, pattern: &str) -> Endpoint {
        Endpoint {
            method: method.to_owned(),
            path: Said {
                text: pattern.to_owned(),
                span: Span::default(),
            },
            pattern: pattern.to_owned(),
            text: None,
            component: None,
        }
    }

    #[test]
    fn a_base_path_may_be_left_out() {
        for (one, other, alike) in [
            ("/a/{}", "/a/{}", true),
            ("/api/v1/a", "/a", true),
            ("/a", "/api/v1/a", true),
            ("/api/v1/a", "/api/v2/a", false),
            ("/b/{}/a", "/a", false),
            ("/ba", "/a", false),
            ("/a", "/", false),
            ("/", "/", true),
        ] {
            assert_eq!(
                same(&endpoint("GET", one), &endpoint("GET", other)),
                alike,
                "{one} {other}"
            );
            assert!(!same(&endpoint("GET", one), &endpoint("PUT", other)), "{one} {other}");
        }
    }
}
