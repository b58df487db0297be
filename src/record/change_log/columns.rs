//! Which column of a table holds what, told by the words of its header in the languages that documents are written
//! in. It must never go by position, and never take a column for what its header does not say.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::ColumnRole;
use crate::naming;
use crate::values::plain;

/// What a header says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    /// What it holds, and how good a word for it this is, 0 the best.
    Role(ColumnRole, u8),
    /// Something else that change logs have: a number, a ticket, the pages.
    Aside,
    /// Something that no change log of a document has: the name of a prompt, a checksum.
    Alien,
    Unknown,
}

/// The columns of a log.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// What each of them holds, in the header's order; no two hold the same but for others.
    pub roles: Vec<ColumnRole>,
    /// How good a word the header has for the changes.
    pub changes_rank: u8,
    /// How many columns are none that a change log would have.
    pub unknown: usize,
    /// The last one of them that may be words on what changed.
    pub words: Option<usize>,
}

/// The longest list of words below is that of the changes: no rank is higher than its last one's.
const LAST_RANK: u8 = 5;

/// Headers that are a column's name as they stand, best words first: normalised, in lower case, without accents.
const DATE: [&str; 2] = [
    "date, datum, fecha, data, dată, дата, 日期, 日付, 날짜, 일자, 변경일, 작성일, 수정일, 개정일, tarih, ngay, tanggal, dato, paivamaara, 改訂日, \
     更新日, 変更日, 修正日, 作成日, 改版日, 発行日, 年月日, 时间, 時間, 修订日期, 修改日期, 变更日期, 更新日期, 发布日期, 修訂日期, 更新时间, 修改时间, 变更时间",
    "when, day, timestamp, month, updated, modified, last updated, wann, cuando, quando, quand, когда, 发布时间",
];
const VERSION: [&str; 3] = [
    "version, versions, ver, vers, v, rev, revision, revision level, versao, versione, versie, versionsnummer, версия, вер, \
     версії, версія, wersja, 版本, 版本号, 版本號, 版次, 版, 版数, 版番号, バージョン, 버전, 판, 개정번호, 개정 번호, surum, versiyon, \
     phien bản, versi, versjon, versio, verze, verzia, verzio, versiune, revisione, revisao, revisie, ревизия, редакция, 改訂番号, 修订版本, 修订号, リビジョン, 개정",
    "edition, ausgabe, edicion, edicao, edizione, stand, issue, document version, doc version, new version, tag",
    "release, release no, release number, build, doc rev, index",
];
const AUTHOR: [&str; 4] = [
    "author, authors, autor, autora, autores, auteur, auteurs, autore, autori, autoren, autorzy, автор, авторы, автори, 作者, \
     作成者, 著者, 修订人, 修改人, 变更人, 更新人, 编写人, 撰写人, 编制人, 编辑人, 撰寫人, 修訂人, 修改者, 修订者, 更新者, 変更者, 改訂者, \
     修正者, 記入者, 執筆者, 작성자, 변경자, 수정자, 개정자, 저자, yazar, hazirlayan, tac giả, penulis, verfasser, bearbeiter, ersteller, \
     redacteur, forfattare, forfatter, tekija, szerzo",
    "editor, editors, writer, who, by, modifier, committer, contributor, contributors, changed by, wer, von, quien, quem, \
     par, кто, исполнитель, 担当, 担当者, 编写, 编制, 编辑, 编者, 创建人, 维护人, 담당, 담당자, 작성, people, user, name, naam, nombre, \
     nome, nom, имя, 姓名, 氏名, 이름, người thực hiện, oleh, responsable, responsavel, responsabile, verantwortlich, \
     verantwortlicher, ответственныи, 责任人, 负责人, responsible, person, in charge, person in charge, initials, kurzel",
    "owner, team, architect, maintainer, lead, propietario, equipo, equipe, команда, 团队, role, rol",
    "reviewer, reviewers, approver, approvers, approved, assessor, checker, revisor, aprobador, aprovador, prufer, freigabe, \
     approbateur, approvatore, утвердил, проверил, согласовал, 审核人, 审核, 批准人, 审批人, 审核者, 評審, 承認者, 承認, 検討者, 検토자, \
     검토자, 승인자, 검토, 승인",
];
const CHANGES: [&str; 6] = [
    "description, descriptions, description of change, description of changes, change description, changes description, \
     description of the change, revision description, version description, descripcion, descripcion del cambio, \
     descripcion de cambios, descripcion de los cambios, descricao, descricao da alteracao, descricao das alteracoes, \
     description des modifications, beschreibung, anderungsbeschreibung, beschreibung der anderung, \
     beschreibung der anderungen, descrizione, omschrijving, beschrijving, opis, opis zmian, opis zmiany, описание, \
     описание изменении, описание изменения, опис, опис змін, 描述, 说明, 說明, 変更内容, 改訂内容, 更新内容, 修正内容, 説明, 变更内容, \
     修改内容, 修订内容, 更新説明, 变更说明, 修改说明, 修订说明, 更新说明, 变更描述, 修改描述, 版本说明, 變更內容, 修訂內容, 修訂說明, 변경내용, \
     변경 내용, 변경사항, 변경 사항, 개정내용, 개정 내용, 수정내용, 수정 내용, 설명, 變更說明, 更新說明, \
     aciklama, mo tả, deskripsi, beskrivning, beskrivelse, kuvaus, popis, leiras, descriere",
    "changes, changes made, what changed, key changes, main changes, major changes, summary of changes, change summary, \
     changes summary, cambios, cambios realizados, alteracoes, mudancas, modifications, changements, evolutions, anderungen, \
     modifiche, wijzigingen, zmiany, изменения, что изменилось, зміни, 变更, 修订, 改动, 主要变更, 主要变化, 主要改动, 主要更新, 变化, \
     変更点, 変更, 改訂, 주요 변경, 변경, değişiklikler, thay đổi, nội dung thay đổi, perubahan, andringar, endringer, \
     muutokset, zmeny, valtozasok, modificări, cambiamenti, cambiamenti principali, cosa e cambiato",
    "change, summary, modification, modification summary, amendment, amendments, cambio, resumen, alteracao, mudanca, \
     modificacion, modificaciones, modificacao, modificacoes, changement, resume, nature, objet, nature de la modification, \
     objet de la modification, anderung, art der anderung, zusammenfassung, modifica, sintesi, wijziging, zmiana, \
     cambiamento, andring, endring, muutos, zmena, valtozas, изменение, содержание изменении, суть изменении, содержание, зміна, 内容, 內容, 摘要, 概述, 概要, 내용, 요약, nội dung, sommario",
    "notes, note, nota, comment, comments, remark, remarks, detail, details, notas, comentario, comentarios, observaciones, \
     observacoes, detalle, detalles, detalhes, commentaire, commentaires, remarques, observations, bemerkung, bemerkungen, \
     kommentar, kommentare, anmerkung, anmerkungen, inhalt, commento, commenti, opmerking, opmerkingen, toelichting, uwagi, \
     комментарии, комментарии, примечание, примечания, примітки, 备注, 備註, 備考, 비고, keterangan, ghi chu, contenu, contenido",
    "title, subject, action, activity, reason for change, reason, reason for changes, purpose, motivo, motif, grund, причина, \
     改訂理由, 変更理由, 修改原因, 变更原因, 변경사유, 변경 사유, content, was",
    "event, events, highlights, key features, features, milestone, scope, updates, update, key updates, what, item",
];
const STATUS: &str =
    "status, state, estado, statut, stato, stan, статус, 状态, 狀態, 状態, ステータス, 상태, durum, trạng thai";

/// Headers that stand beside the columns of a change log and say nothing against it.
const ASIDE: &str = "no, nr, num, numero, number, id, 序号, 序號, 番号, 번호, sn, sl no, s no, ticket, jira, issue, pr, pull request, \
     commit, hash, reference, references, ref, link, links, cr, change id, change no, change number, change request, section, \
     sections, affected sections, sections affected, sections changed, section changed, page, pages, affected pages, chapter, \
     chapters, kapitel, seite, seiten, seccion, secao, раздел, разделы, 章节, 变更章节, 修订章节, 変更箇所, 該当箇所, 페이지, type, \
     change type, type of change, kind, category, tipo, typ, art, тип, 类型, 变更类型, 修改类型, impact, priority, rationale, \
     approval, approval date, approved on, approved date, review date, reviewed on, signature, distribution";

/// Words that no header of a document's own change log has.
const ALIEN: &str = "prompt prompts migration migrations script scripts sql checksum schema accuracy dataset eol deprecated \
     supported sunset rollback target planned due eta deadline миграция скрипт 脚本 提示词 迁移 migracion migracao";

/// Words that make a date another one than that of the change.
const OTHER_DATE: &str = "expected next approval approved review reviewed start end begin finish birth expiry";

/// Words of dates that will do where there is no better one.
const LATE_DATE: &str = "created effective publication published";

/// What the header `text` says. `text` is as a reader reads it.
pub(super) fn heads(text: &str) -> Heads {
    let name = header_name(text);
    if name.is_empty() {
        return if text.trim().is_empty() {
            Heads::Unknown
        } else {
            Heads::Aside
        };
    }
    if let Some(heads) = known().get(name.as_str()) {
        return *heads;
    }
    by_words(&name, text.contains(['/', '&', '+']))
}

/// All headers that are known as they stand.
fn known() -> &'static HashMap<&'static str, Heads> {
    static KNOWN: OnceLock<HashMap<&str, Heads>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let ranked = |lists: &'static [&'static str], role| {
            let words = (0u8..).zip(lists);
            words.flat_map(move |(rank, list)| list.split(", ").map(move |word| (word, Heads::Role(role, rank))))
        };
        let aside = ASIDE.split(", ").map(|word| (word, Heads::Aside));
        aside
            .chain(ranked(&[STATUS], ColumnRole::Status))
            .chain(ranked(&AUTHOR, ColumnRole::Author))
            .chain(ranked(&CHANGES, ColumnRole::Changes))
            .chain(ranked(&VERSION, ColumnRole::Version))
            .chain(ranked(&DATE, ColumnRole::Date))
            .collect()
    })
}

/// The header without its notes in brackets, normalised, in lower case and without accents.
fn header_name(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' if depth > 0 => depth -= 1,
            '_' | '.' | '/' | '°' | 'º' if depth == 0 => bare.push(' '),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    plain(&naming::normalise(&bare))
}

/// A header of several words, by the words that are in it; `joined` where it may name two things.
fn by_words(name: &str, joined: bool) -> Heads {
    let words: Vec<&str> = name.split(' ').collect();
    let has = |list: &str| {
        words
            .iter()
            .any(|word| list.split_whitespace().any(|known| known == *word))
    };
    if has(ALIEN) {
        return Heads::Alien;
    }
    let numbered = has("id no nr number num code request ticket");
    let date = has("date datum fecha data дата tarih tanggal")
        || ends_in(name, &["日期", "日付", "年月日", "날짜", "일자", "日時"]);
    let version = has("version revision rev ver versao versione versie версия версии wersja wersji");
    let change = has(
        "change changes changed description summary notes comments remarks modifications modification cambio cambios \
         descripcion alteracao alteracoes descricao mudancas modification modifications anderung anderungen modifiche \
         wijzigingen cambiamenti изменения изменении описание comment",
    ) || ends_in(name, &["内容", "說明", "説明", "说明", "내용", "사항", "描述"]);
    let by = words.len() > 1 && words.last().is_some_and(|word| is_in("by por par von da door", word));
    let person =
        has("author autor auteur автор editor prepared prepare writer person") || ends_in(name, &["者", "人", "자"]);
    if date {
        // A column of two things is neither of them.
        return match (joined || has("and or"), has(OTHER_DATE)) {
            (true, _) => Heads::Unknown,
            (_, true) => Heads::Aside,
            _ => Heads::Role(ColumnRole::Date, if has(LATE_DATE) { 3 } else { 1 }),
        };
    }
    if by {
        let third = has("requested superseded replaced owned affected sponsored");
        let late = has(
            "approved reviewed checked verified authorized authorised aprobado aprovado revisado gepruft freigegeben",
        );
        return match (third, late) {
            (true, _) => Heads::Aside,
            (_, late) => Heads::Role(ColumnRole::Author, if late { 3 } else { 1 }),
        };
    }
    if person {
        return Heads::Role(
            ColumnRole::Author,
            if has("reviewer approver approved") { 3 } else { 1 },
        );
    }
    if change && !has("type kind impact category tipo typ section sections page pages") && !numbered {
        return Heads::Role(ColumnRole::Changes, 3);
    }
    if version && !has("previous old prior from affected tested software product and") && !change && !joined {
        return Heads::Role(ColumnRole::Version, 1);
    }
    if change || numbered {
        return Heads::Aside;
    }
    Heads::Unknown
}

/// Whether a column holds things by their names, and no words on what changed.
fn names_a_thing(header: &str) -> bool {
    let name = header_name(header);
    let things = "document documents documento dokument file files url link path location download artifact supersedes";
    name.split(' ').any(|word| is_in(things, word))
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

fn ends_in(name: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| name.ends_with(end))
}

/// The columns that `headers` name. `None` where one of them is none that a document's change log has.
pub(super) fn columns<'h>(headers: impl IntoIterator<Item = &'h str>) -> Option<Columns> {
    let mut columns = Columns {
        changes_rank: u8::MAX,
        ..Columns::default()
    };
    let mut all = Vec::new();
    for (index, header) in headers.into_iter().enumerate() {
        let says = heads(header);
        if says == Heads::Alien {
            return None;
        }
        if says == Heads::Unknown && !header.trim().is_empty() {
            columns.unknown += 1;
            columns.words = Some(index).filter(|_| !names_a_thing(header));
        }
        all.push(says);
    }
    columns.roles.resize(all.len(), ColumnRole::Other);
    for role in ColumnRole::NAMED {
        // Of the columns for one thing the one with the best word for it.
        let first = |rank| all.iter().position(|says| *says == Heads::Role(role, rank));
        let best = (0..=LAST_RANK).find_map(|rank| Some((rank, first(rank)?)));
        if let Some((rank, index)) = best {
            columns.set(index, role);
            if role == ColumnRole::Changes {
                columns.changes_rank = rank;
            }
        }
    }
    Some(columns)
}

impl Columns {
    /// The column that holds `role`.
    pub fn at(&self, role: ColumnRole) -> Option<usize> {
        self.roles.iter().position(|own| *own == role)
    }

    fn set(&mut self, index: usize, role: ColumnRole) {
        self.roles.iter_mut().skip(index).take(1).for_each(|own| *own = role);
    }

    fn has(&self, roles: &[ColumnRole]) -> bool {
        roles.iter().all(|role| self.roles.contains(role))
    }

    /// Whether these are the columns of a change log where the text around says that this is one.
    pub fn fit_named(&self) -> bool {
        use ColumnRole::{Changes, Date, Version};
        self.has(&[Changes, Date]) || self.has(&[Changes, Version]) || self.has(&[Date, Version])
    }

    /// In a change log with dates and versions, the one column whose header is not known is what changed.
    pub fn take_the_rest(&mut self) {
        let dated = self.has(&[ColumnRole::Date, ColumnRole::Version]) && !self.has(&[ColumnRole::Changes]);
        if let Some(words) = self.words.filter(|_| dated && self.unknown == 1) {
            self.set(words, ColumnRole::Changes);
        }
    }

    /// Whether they are where nothing but a word hints at it: all that counts is there, and nothing strange.
    pub fn fit_hinted(&self) -> bool {
        self.has(&[ColumnRole::Date, ColumnRole::Version, ColumnRole::Changes])
            && self.changes_rank <= 3
            && self.unknown == 0
    }

    /// Whether they are where nothing else says so.
    pub fn fit_alone(&self) -> bool {
        self.fit_hinted() && self.has(&[ColumnRole::Author])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_form_that_headers_are_compared_in() {
        for list in DATE
            .iter()
            .chain(&VERSION)
            .chain(&AUTHOR)
            .chain(&CHANGES)
            .chain([&STATUS, &ASIDE])
        {
            for word in list.split(", ") {
                assert_eq!(header_name(word), word);
            }
        }
    }
}
