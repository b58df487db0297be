//! What a heading or a label says of what stands below it: a change log, perhaps one, or something that has versions
//! of its own. It must never take the history of a database, of prompts or of releases for the document's.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::naming::{self, Words};
use crate::values::plain;

/// How plainly a name says that a change log follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// Something else that has versions and dates.
    Other,
    /// Who reviewed and who approved. What stands in a section of that name may still be a change log.
    Deeds,
    /// Nothing about it.
    Silent,
    /// That it speaks of versions, of changes, or of the document.
    Hint,
    /// That it is a change log.
    Log,
}

/// Names that are one word or one phrase, in the form that names are compared in.
const LOGS: &str = "changelog, changelogs, revisions, revisiones, revisoes, anderungshistorie, anderungsverlauf, anderungsprotokoll, \
     anderungslog, anderungsverzeichnis, anderungsnachweis, anderungsubersicht, anderungsliste, versionshistorie, \
     versionsverlauf, versionsgeschichte, versionsubersicht, versionsprotokoll, dokumenthistorie, dokumentenhistorie, \
     dokumentverlauf, dokumentversionen, revisionshistorie, revisionsverlauf, revisionsverzeichnis, bearbeitungshistorie, \
     wijzigingshistorie, wijzigingslog, wijzigingsoverzicht, versiehistorie, documenthistorie, revisiehistorie, \
     andringshistorik, andringslogg, versionshistorik, revisionshistorik, endringslogg, endringshistorikk, \
     versjonshistorikk, revisjonshistorikk, ændringshistorik, ændringslog, muutoshistoria, versiohistoria, valtozasnaplo, \
     verziotortenet, record of revisions, control de cambios, controle de alteracoes, \
     suivi des modifications, suivi des versions, suivi des revisions, document changes, changes to this document, valtozasok";

/// Words for a record of something. A control of a document is none: it may as well hold its title and its owner.
const RECORDS: &str = "log logs history historial historico historique historie verlauf journal registro record storico \
     cronologia geschiedenis historia rejestr история журнал історія лист реестр лог gecmişi lịch riwayat nhật historikk istoric istoricul";

/// Words for what is recorded.
const SUBJECTS: &str = "change changes changed revision revisions version versions versioning document documents documento \
     amendment amendments update updates modification modifications edit edits release implementation cambios cambio \
     versiones revisiones documental versao modificacao modificacion atualizacao actualizacion revisione versione modifica zmiany wersja изменение modificaciones actualizaciones alteracoes alteracao versoes revisoes revisao mudancas \
     modificacoes atualizacoes revisioni modifiche versioni documento anderungen anderung versionen dokument wijzigingen \
     versies zmian wersji dokumentu изменении изменения версии версия версіи документа редакции ревизии правок змін \
     değişiklik surum revizyon phien đổi perubahan versi revisi zmen verzi revizi modificărilor versiunilor";

/// Records and subjects of the languages that do not part their words.
static RECORDS_JOINED: Words = Words::new(
    "记录, 紀錄, 記錄, 历史, 歷史, 日志, 日誌, 履历, 履歴, 历程, 一覧, 이력, 기록, 내역, 히스토리, 로그, 清单",
);
static SUBJECTS_JOINED: Words = Words::new(
    "修订, 修訂, 变更, 變更, 版本, 更新, 修改, 改訂, 変更, 改版, 修正, 版数, バージョン, リビジョン, 文档, 文書, 변경, 개정, 수정, 버전, 문서, 업데이트",
);

/// Words that hint, but no more: they name what holds a change log as often as something else.
const HINTS: &str = "document dokument documento документ documentation metadata metadaten info information about control \
     versioning tracking timeline evolution table tabla tabela \
     control controle 文档 文件 文書 문서";

/// Words for what has versions of its own, and for lists of what is to come.
const OTHERS: &str = "prompt prompts migration migrations database databases db schema schemas sql flyway liquibase alembic api apis \
     endpoint endpoints model models dataset datasets roadmap milestone milestones dependency dependencies library libraries \
     package packages compatibility supported support incident incidents deployment deployments deprecation adr adrs \
     decision decisions meeting meetings sprint sprints backlog firmware benchmark benchmarks test tests testing experiment \
     experiments training pricing price configuration feature features plugin plugins planned upcoming \
     migracion migraciones migracao migracoes datos dados datenbank datenbankmigration base migrationen миграции миграция \
     базы данных lifecycle eol";
static OTHERS_JOINED: Words = Words::new(
    "数据库, 資料庫, 迁移, 遷移, 提示词, 提示詞, 模型, 接口, データベース, マイグレーション, プロンプト, モデル, 데이터베이스, 프롬프트",
);

/// Words for lists of people and of what they did to the document: no changes, unless the name says so too.
const DEEDS: &str =
    "approval approvals approvers signoff sign distribution review reviews reviewers audit attendees participants";

fn phrase(name: &str, phrase: &str) -> bool {
    let after = |at: usize| name.get(at + phrase.len()..).unwrap_or("");
    let apart = |at: usize| at == 0 || name.get(..at).is_some_and(|before| before.ends_with(' '));
    name.match_indices(phrase)
        .any(|(at, _)| apart(at) && (after(at).is_empty() || after(at).starts_with(' ')))
}

/// What one word adds to a name.
const RECORD: u8 = 1;
const SUBJECT: u8 = 2;
const HINT: u8 = 4;
const OTHER: u8 = 8;
const DEED: u8 = 16;
const LOG: u8 = 32;
/// It may begin one of the phrases.
const PHRASE: u8 = 64;

/// What each word of the lists says.
fn words() -> &'static HashMap<&'static str, u8> {
    static WORDS: OnceLock<HashMap<&str, u8>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lists = [
            (RECORDS, RECORD),
            (SUBJECTS, SUBJECT),
            (HINTS, HINT),
            (OTHERS, OTHER),
            (DEEDS, DEED),
        ];
        let words = lists.into_iter();
        let words = words.flat_map(|(list, says)| list.split_whitespace().map(move |word| (word, says)));
        let logs = LOGS.split(", ");
        let logs = logs.map(|log| log.split_once(' ').map_or((log, LOG), |(first, _)| (first, PHRASE)));
        let mut all = HashMap::new();
        words
            .chain(logs)
            .for_each(|(word, says)| *all.entry(word).or_default() |= says);
        all
    })
}

/// The names of a log that are more than one word.
fn phrases() -> &'static [&'static str] {
    static PHRASES: OnceLock<Vec<&str>> = OnceLock::new();
    PHRASES.get_or_init(|| LOGS.split(", ").filter(|log| log.contains(' ')).collect())
}

/// What `text`, a label, says.
pub(super) fn name(text: &str) -> Name {
    of_normalised(&naming::normalise(text))
}

/// What a normalised name, of a heading or a label, says.
pub(super) fn of_normalised(name: &str) -> Name {
    let name = if name.is_ascii() {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(plain(name))
    };
    let words = name.split(' ').filter_map(|word| words().get(word));
    let mut says = words.fold(0, |all, says| all | says);
    if !name.is_ascii() {
        let joined = |list: &[&str]| list.iter().any(|part| name.contains(part));
        says |= if joined(&RECORDS_JOINED) { RECORD } else { 0 };
        says |= if joined(&SUBJECTS_JOINED) { SUBJECT } else { 0 };
        says |= if joined(&OTHERS_JOINED) { OTHER } else { 0 };
    }
    if says & PHRASE != 0 && phrases().iter().any(|log| phrase(&name, log)) {
        says |= LOG;
    }
    let all = |parts: u8| says & parts == parts;
    match () {
        () if all(OTHER) => Name::Other,
        () if all(LOG) || all(RECORD | SUBJECT) => Name::Log,
        () if all(DEED) => Name::Deeds,
        () if says & (RECORD | SUBJECT | HINT) != 0 => Name::Hint,
        () => Name::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_form_that_names_are_compared_in() {
        let lists = [RECORDS, SUBJECTS, HINTS, OTHERS, DEEDS]
            .into_iter()
            .flat_map(str::split_whitespace);
        let joined = RECORDS_JOINED
            .iter()
            .chain(SUBJECTS_JOINED.iter())
            .chain(OTHERS_JOINED.iter())
            .copied();
        for word in lists.chain(joined).chain(LOGS.split(", ")) {
            assert_eq!(plain(&naming::normalise(word)), word);
        }
    }

    #[test]
    fn what_names_say() {
        for (expected, names) in [
            (
                Name::Log,
                "Change Log | 📅 Changelog | 9.2 Revision History | Appendix: Document History | **Version history** | \
                 Payments: Change History | Historial de versiones | Control de cambios | Histórico de alterações | \
                 Historique des modifications | Änderungshistorie | Wijzigingshistorie | История изменений | 修订记录 | \
                 変更履歴 | 변경 이력 | Ændringshistorik | Endringslogg | Historie změn | Muutoshistoria | Istoricul modificărilor | Review & Revision History | Implementation History | Revisions | Change Log:",
            ),
            (
                Name::Hint,
                "Document Control | Version Control | Document Version | Versions | 需求版本 | History | Document information",
            ),
            (Name::Silent, "Overview | Introduction | 2. Goals | Appendix A | "),
            (
                Name::Deeds,
                "Review History | Approvals | Review and approval | Document Sign Off",
            ),
            (
                Name::Other,
                "Prompt Version History | Database Migrations | API changelog | Schema Versions | Roadmap | Supported versions | 数据库迁移记录 | Release roadmap history",
            ),
        ] {
            for text in names.split(" | ") {
                assert_eq!(name(text), expected, "{text}");
            }
        }
    }
}
