//! What documents are in JSON: the contract of `status` and `changelog` with `--format json`, schema 1.
//!
//! Members stand in the order of the rows here, and one that does not apply is null, never absent. A row names the member
//! and the field that fills it, so that a field may get another name and the member never does. Text is given as it is:
//! nothing here escapes for a terminal.

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::changelog::DocumentLog;
use crate::document::Picture;
use crate::facts::{
    Digest, DigestField, DigestHeading, DigestItem, DigestRecords, DigestReview, DigestSection, LogEntry, LogSource,
    Outcome, Placed,
};
use crate::outline::State;
use crate::record::{
    Alert, Cache, Component, Decision, Diagram, Endpoint, Entity, Limitation, Objective, ObjectiveKind, Operations,
    Phase, Queue, Recovery, Reference, Requirement, RoadmapTask, Role, Said, Security, Service, Stakeholder,
    Technology, TechnologySource,
};

/// The documents on one line, with a line end.
pub(super) fn documents<T: Wire>(as_of: Date, documents: &[T]) -> String {
    let answer = Answer { as_of, documents };
    // Text, numbers and lists alone: none of the errors that `to_string` can have arises.
    let mut text = serde_json::to_string(&Json(&answer)).unwrap_or_default();
    text.push('\n');
    text
}

struct Answer<'a, T> {
    as_of: Date,
    documents: &'a [T],
}

impl<T: Wire> Wire for Answer<'_, T> {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        object.serialize_entry("schema", &1)?;
        object.serialize_entry("as_of", &self.as_of.to_string())?;
        object.serialize_entry("documents", &Json(self.documents))?;
        object.end()
    }
}

/// What a value is in JSON.
pub(super) trait Wire {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// What is an object in JSON: its members, for an object that may have more.
trait Members {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error>;
}

/// A value on its way to JSON.
struct Json<'a, T: ?Sized>(&'a T);

impl<T: Wire + ?Sized> Serialize for Json<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.wire(to)
    }
}

/// Objects, a row a type: its members with their fields, and behind a `;` the field whose members are its own, too.
macro_rules! objects {
    ($($type:ident { $($member:literal: $field:ident),+ $(; $more:ident)? })+) => {$(
        impl Members for $type {
            fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
                $(object.serialize_entry($member, &Json(&self.$field))?;)+
                $(self.$more.members(object)?;)?
                Ok(())
            }
        }

        impl Wire for $type {
            fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let mut object = to.serialize_map(None)?;
                self.members(&mut object)?;
                object.end()
            }
        }
    )+};
}

objects! {
    DocumentLog { "path": path, "title": title, "change_log": change_log }
    Digest {
        "path": path, "title": title, "template": template, "stage": stage, "fields": fields, "sections": sections,
        "extra": extra, "change_log": change_log, "review": review; records
    }
    DigestField { "block": block, "key": key, "value": value }
    DigestSection { "id": id, "heading": heading, "line": line, "state": state }
    DigestHeading { "heading": heading, "level": level, "line": line }
    DigestReview {
        "done": done, "total": total, "items": items, "last_reviewed": last_reviewed, "next_review": next_review,
        "overdue": overdue
    }
    DigestItem {
        "text": text, "ticked": ticked, "waived": waived, "evidence": evidence, "outcome": outcome, "why": why
    }
    LogEntry {
        "date": date, "iso_date": iso_date, "version": version, "author": author, "changes": changes,
        "source": source, "commit": commit
    }
    DigestRecords {
        "decisions": decisions, "technologies": technologies, "requirements": requirements,
        "limitations": limitations, "stakeholders": stakeholders, "roadmap": roadmap, "components": components,
        "endpoints": endpoints, "services": services, "entities": entities, "queues": queues, "diagrams": diagrams,
        "references": references, "security": security, "operations": operations, "recovery": recovery
    }
    Decision {
        "number": number, "title": title, "status": status, "context": context, "options": options,
        "decision": decision, "rationale": rationale, "consequences": consequences
    }
    Technology { "name": name, "version": version, "role": role, "reason": reason, "source": source }
    Requirement { "id": id, "functional": functional, "text": text }
    Limitation { "number": number, "text": text }
    Stakeholder { "role": role, "people": people }
    Phase { "number": number, "name": name, "tasks": tasks }
    RoadmapTask { "text": text, "done": done }
    Component {
        "number": number, "name": name, "purpose": purpose, "responsibilities": responsibilities,
        "data_models": data_models, "configuration": configuration
    }
    Endpoint { "method": method, "path": path, "pattern": pattern, "text": text, "component": component }
    Service {
        "number": number, "name": name, "purpose": purpose, "protocol": protocol, "authentication": authentication,
        "rate_limits": rate_limits, "error_handling": error_handling
    }
    Entity { "number": number, "name": name, "relationships": relationships }
    Queue { "name": name, "text": text }
    Diagram { "section": section, "carrier": carrier, "text": text }
    Reference { "text": text, "target": target }
    Security {
        "authentication": authentication, "authorization": authorization, "roles": roles, "measures": measures
    }
    Role { "name": name, "permissions": permissions }
    Operations {
        "metrics": metrics, "alerts": alerts, "registry": registry, "pipeline": pipeline, "scaling": scaling,
        "caches": caches, "backup": backup, "tests": tests
    }
    Alert { "severity": severity, "condition": condition, "window": window }
    Cache { "name": name, "keeps": keeps }
    Recovery {
        "rto": rto, "rto_seconds": rto_seconds, "rpo": rpo, "rpo_seconds": rpo_seconds, "failover": failover,
        "objectives": objectives
    }
    Objective { "kind": kind, "scope": scope, "text": text, "seconds": seconds }
}

impl<T: Members> Wire for Placed<T> {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        self.record.members(&mut object)?;
        object.serialize_entry("line", &self.line)?;
        object.end()
    }
}

impl Wire for TechnologySource {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (member, name) = match self {
            Self::Summary => return to.serialize_str("summary"),
            Self::Component(name) => ("component", name),
            Self::Stack(name) => ("stack", name),
        };
        let mut object = to.serialize_map(Some(1))?;
        object.serialize_entry(member, name)?;
        object.end()
    }
}

/// What is a word or a text in JSON.
macro_rules! texts {
    ($($type:ty: |$value:ident| $text:expr;)+) => {$(
        impl Wire for $type {
            fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let $value = self;
                to.serialize_str($text)
            }
        }
    )+};
}

texts! {
    String: |text| text;
    &str: |text| text;
    Said: |said| &said.text;
    State: |state| state.name();
    Outcome: |outcome| outcome.name();
    LogSource: |source| match source {
        LogSource::Table => "table",
        LogSource::Git => "git",
    };
    ObjectiveKind: |kind| match kind {
        ObjectiveKind::Rto => "rto",
        ObjectiveKind::Rpo => "rpo",
    };
    Picture: |picture| match picture {
        Picture::Drawing => "drawing",
        Picture::Mermaid => "mermaid",
        Picture::PlantUml => "plant-uml",
        Picture::D2 => "d2",
        Picture::Dot => "dot",
        Picture::Image => "image",
        Picture::Include => "include",
    };
}

/// What JSON knows itself.
macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Wire for $type {
            fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }
        }
    )+};
}

plain!(bool, u8, u32, u64, usize);

impl<T: Wire> Wire for Option<T> {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Json).serialize(to)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_slice().wire(to)
    }
}

impl<T: Wire> Wire for [T] {
    fn wire<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter().map(Json))
    }
}
