//! Endpoints of components and of the API documentation, in every form; and what is none.

use super::super::reader::tests::reading;
use super::*;

fn shown(endpoints: &Endpoints) -> Vec<String> {
    let one = |endpoint: &Endpoint| {
        let component = endpoint.component.as_deref().unwrap_or("API");
        let text = endpoint
            .text
            .as_deref()
            .map_or_else(String::new, |text| format!(" = {text}"));
        format!("{component}: {} {}{text}", endpoint.method, endpoint.pattern)
    };
    endpoints.all.iter().map(one).collect()
}

fn of_component(body: &str) -> (Vec<String>, bool) {
    let text = format!(
        "# A\n\n## Component Details\n\n### Component 1: Shop\n\n{body}\n\n## Scalability\n\n- GET /not-this\n"
    );
    reading(&text, |reader| {
        let endpoints = read(reader);
        (shown(&endpoints), endpoints.coverage.components)
    })
}

fn of_documentation(body: &str) -> (Vec<String>, bool) {
    let text = format!("# A\n\n## API Documentation\n\n{body}\n\n## Scalability\n\n- GET /not-this\n");
    reading(&text, |reader| {
        let endpoints = read(reader);
        (shown(&endpoints), endpoints.coverage.documentation)
    })
}

#[test]
fn components_name_endpoints_in_every_form() {
    let cases: [(&str, &[&str], bool); 12] = [
        (
            "**APIs**:\n- `GET /a/{id}` - One\n- `POST /a` – Makes",
            &["Shop: GET /a/{} = One", "Shop: POST /a = Makes"],
            true,
        ),
        (
            "- **Key Interfaces**:\n  - `GET /a`: All",
            &["Shop: GET /a = All"],
            true,
        ),
        (
            "**APIs**: `GET /a`, `POST /a`",
            &["Shop: GET /a", "Shop: POST /a"],
            true,
        ),
        (
            "**APIs**:\n```\nGET /a  # All\nPOST /a\n```",
            &["Shop: GET /a = All", "Shop: POST /a"],
            true,
        ),
        (
            "#### Endpoints\n\n| Method | Path | Purpose |\n|--|--|--|\n| GET | `/a` | All |",
            &["Shop: GET /a = All"],
            true,
        ),
        ("**APIs**: Not applicable: a worker", &[], true),
        ("**Purpose**: It sells.", &[], false),
        ("**APIs**: the REST interface of the shop", &[], false),
        (
            "**APIs**:\n- `GET /a`\n- the rest is in the [API reference](api.md)",
            &["Shop: GET /a"],
            false,
        ),
        (
            "**APIs**:\n- `GET /a`\n- `GET /api/v1/[resource]` - [Description]",
            &["Shop: GET /a"],
            false,
        ),
        (
            "**Dependencies**:\n- `GET /b` of the stock service\n\n**APIs**:\n- `GET /a`",
            &["Shop: GET /a"],
            true,
        ),
        (
            "**Purpose**: It answers GET /b when asked.\n\n**External APIs**:\n- GET /c\n\n**Configuration**:\n```yaml\nprobe:\nGET /d\n```",
            &[],
            false,
        ),
    ];
    for (body, expected, all) in cases {
        assert_eq!(
            of_component(body),
            (expected.iter().map(|text| (*text).to_owned()).collect(), all),
            "{body}"
        );
    }
}

#[test]
fn documentation_describes_endpoints_in_every_form() {
    let cases: [(&str, &[&str], bool); 11] = [
        (
            "### API Endpoints\n\n#### Orders\n\n```\nGET /a/4711?x=1\nResponse: 200 OK\n```",
            &["API: GET /a/{}"],
            true,
        ),
        (
            "### API Endpoints\n\n#### `POST /a`\n\nMakes one.",
            &["API: POST /a"],
            true,
        ),
        (
            "**Endpoint:** `POST /a`\n\n**GET /a**: All",
            &["API: POST /a", "API: GET /a = All"],
            true,
        ),
        (
            "| Endpoint | Purpose |\n|--|--|\n| `GET /a` | All |\n| /b (PUT) | One |",
            &["API: GET /a = All", "API: PUT /b = One"],
            true,
        ),
        (
            "- GET /a - All\n- GET /a/:id/ - One\n- GET /a/{x} - again",
            &["API: GET /a = All", "API: GET /a/{} = One"],
            true,
        ),
        (
            "```yaml\npaths:\n  /a:\n    get:\n      summary: All\n    post:\n      x: y\n  '/a/{id}':\n    delete:\n```",
            &["API: GET /a", "API: POST /a", "API: DELETE /a/{}"],
            true,
        ),
        (
            "See the [API reference](https://a.example/reference).\n\n- GET /a",
            &["API: GET /a"],
            false,
        ),
        ("The whole is in `openapi.yaml`.", &[], false),
        (
            "Errors follow [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).\n\n- GET /a",
            &["API: GET /a"],
            true,
        ),
        (
            "```\nGET /api/v1/[resource]\nResponse: 200 OK\n```\n\n- GET /a",
            &["API: GET /a"],
            true,
        ),
        ("Call GET /a first.", &[], true),
    ];
    for (body, expected, all) in cases {
        let (found, covered) = of_documentation(body);
        assert_eq!(found, expected, "{body}");
        assert_eq!(covered, all && !body.contains("[resource]"), "{body}");
    }
}

#[test]
fn the_path_is_where_it_stands() {
    let text = "# A\n\n## API\n\n```\nGET   /a/b\n```\n\n- `POST /c` x\n";
    reading(text, |reader| {
        let found: Vec<&str> = read(reader)
            .all
            .iter()
            .map(|endpoint| reader.document.text.get(endpoint.path.span))
            .collect();
        assert_eq!(found, ["/a/b", "/c"]);
    });
}
