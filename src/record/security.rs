//! How callers are known, and what each role may do.

use super::reader::{Line, Reader, Said, Section};
use crate::naming::Words;

/// What the document says about access.
#[derive(Debug, Clone, Default)]
pub struct Security {
    /// How callers prove who they are.
    pub authentication: Option<Said>,
    /// How it is decided what they may do.
    pub authorization: Option<Said>,
    /// The roles, each with what it may do.
    pub roles: Vec<Role>,
    /// The security measures, each as written.
    pub measures: Vec<Said>,
}

/// A role.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name.
    pub name: Said,
    /// What it may do.
    pub permissions: String,
}

const ACCESS: &str = "security-architecture/authentication-and-authorization";
const MEASURES: &str = "security-architecture/security-measures";
static AUTHENTICATION: Words = Words::new(
    "authentication method, authentication, auth method, method, authentication strategy, identity provider",
);
static AUTHORIZATION: Words = Words::new(
    "authorization model, authorization, authorisation model, authorisation, access control, access model, \
     permissions, roles",
);
const ROLE: [&str; 3] = ["role", "role name", "user role"];
const MAY: [&str; 5] = ["permissions", "can", "may", "access", "description"];

/// Reads what is said about access.
pub fn read(reader: Reader<'_>) -> Security {
    let access = reader.section(ACCESS);
    let value = |names: &[&str]| access.as_ref().and_then(|section| section.value(names));
    Security {
        authentication: value(&AUTHENTICATION),
        authorization: value(&AUTHORIZATION),
        roles: access.iter().flat_map(roles).collect(),
        measures: reader.section(MEASURES).iter().flat_map(measures).collect(),
    }
}

/// The roles: rows of a table, items `Role: Name - what it may do`, or items with a key below the authorization model.
fn roles(section: &Section<'_>) -> Vec<Role> {
    let in_table = section.rows(|row| {
        Some(Role {
            name: row.value(&ROLE)?,
            permissions: row.value(&MAY).unwrap_or_default().text,
        })
    });
    if !in_table.is_empty() {
        return in_table;
    }
    let items = section.below(&AUTHORIZATION).into_iter();
    items
        .filter(|line| line.is_top_item() && !line.unsaid)
        .filter_map(of_item)
        .collect()
}

fn of_item(line: Line<'_>) -> Option<Role> {
    let field = line.field?;
    let marks = [" - ", " – ", " — ", ": "];
    let ((name, permissions), span) = if ROLE.contains(&line.name) {
        let parts = marks.iter().find_map(|mark| field.value.split_once(mark));
        (parts.unwrap_or((&field.value, "")), field.value_span)
    } else {
        ((field.key.as_str(), field.value.as_str()), field.key_span)
    };
    Some(Role {
        name: Said::new(name.trim(), span),
        permissions: permissions.trim().to_owned(),
    })
}

/// The items of the section, without those below them, and the rows of its tables.
fn measures(section: &Section<'_>) -> Vec<Said> {
    let own = section.lines().iter().filter(|line| !line.unsaid && !line.sample);
    own.filter(|line| line.is_top_item() || line.is_row())
        .map(|line| line.said())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::record::tests::records;

    #[test]
    fn access_is_read_in_its_forms() {
        for (markdown, expected) in [
            (
                "**Authentication Method**: OAuth2\n\n**Authorization Model**: Role based\n- Role: Clerk - Can sell\n- Role: Boss\n",
                "OAuth2|Role based|Clerk=Can sell,Boss=",
            ),
            (
                "#### Authentication\n\nBy token.\n\n#### Roles\n\n- **Clerk**: sells\n- everybody else\n",
                "By token.|Clerk: sells; everybody else|Clerk=sells",
            ),
            (
                "| Permissions | Role |\n|---|---|\n| sell | Clerk |\n",
                "-|-|Clerk=sell",
            ),
            (
                "Text.\n\n**Authentication Method**: [JWT/OAuth2/API Keys/etc.]\n\n**Authorization Model**: ours\n- Role: Admin - Can [permissions]\n",
                "-|ours|",
            ),
            ("A token.\n", "-|-|"),
        ] {
            let section = "## Security Architecture\n\n### Authentication & Authorization\n\n";
            let security = records(&format!("{section}{markdown}")).security;
            let said =
                |said: &Option<crate::record::Said>| said.as_ref().map_or("-".to_owned(), |said| said.text.clone());
            let roles: Vec<String> = security
                .roles
                .iter()
                .map(|role| format!("{}={}", role.name.text, role.permissions))
                .collect();
            let shown = format!(
                "{}|{}|{}",
                said(&security.authentication),
                said(&security.authorization),
                roles.join(",")
            );
            assert_eq!(shown, expected, "{markdown}");
        }
    }

    #[test]
    fn measures_are_those_that_are_not_the_templates() {
        let section = "## Security Architecture\n\n### Security Measures\n\n";
        let items = "- **Encryption**: TLS 1.3\n  - everywhere\n- **CORS**: Whitelist specific origins\n\
                     - **Secrets Management**: [AWS Secrets Manager/HashiCorp Vault/etc.]\n- a guard dog\n";
        let measures = records(&format!("{section}{items}")).security.measures;
        let texts: Vec<&str> = measures.iter().map(|said| said.text.as_str()).collect();
        assert_eq!(texts, ["Encryption: TLS 1.3", "a guard dog"]);
    }
}
