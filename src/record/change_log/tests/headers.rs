//! Which columns headers name, in the languages that documents are written in.

use super::reads;

/// A header, a row below it, and what is read: date, version, author and changes.
const COLUMNS: &[(&str, &str, &str)] = &[
    (
        "Rev | Approver | Date | What changed",
        "B | Kim | 2024-05-06 | Split the queue",
        "2024-05-06 | B | Kim | Split the queue",
    ),
    (
        "Date | Change | Modified By",
        "2024-05-06 | Split | Kim",
        "2024-05-06 | ~ | Kim | Split",
    ),
    (
        "Change | Version | Description | Author",
        "Queue | 1.0 | Split it | Kim",
        "~ | 1.0 | Kim | Split it",
    ),
    (
        "No. | Version | Date | Author(s) | Notes | Status",
        "1 | 1.0 | 2024-05-06 | Kim | Split | Draft",
        "2024-05-06 | 1.0 | Kim | Split",
    ),
    (
        "Versión | Fecha | Responsable | Descripción del cambio",
        "1.0 | 06/05/2024 | Kim | Inicio",
        "06/05/2024 | 1.0 | Kim | Inicio",
    ),
    (
        "Versão | Data | Autor(es) | Alterações | Revisor",
        "1.0 | 06/05/2024 | Kim | Início | Lee",
        "06/05/2024 | 1.0 | Kim | Início",
    ),
    (
        "Version | Date | Rédacteur | Nature de la modification",
        "1.0 | 6 mai 2024 | Kim | Création",
        "6 mai 2024 | 1.0 | Kim | Création",
    ),
    (
        "Datum | Version | Bearbeiter | Änderung",
        "06.05.2024 | 1.0 | Kim | Erstellt",
        "06.05.2024 | 1.0 | Kim | Erstellt",
    ),
    (
        "Версия | Дата | Автор | Описание изменений",
        "1.0 | 06.05.2024 | Ким | Создано",
        "06.05.2024 | 1.0 | Ким | Создано",
    ),
    (
        "版本 | 修订日期 | 修订人 | 修订内容",
        "1.0 | 2024-05-06 | 金 | 创建",
        "2024-05-06 | 1.0 | 金 | 创建",
    ),
    (
        "版数 | 改訂日 | 担当者 | 変更内容",
        "第1版 | 2024年5月6日 | 金 | 新規",
        "2024年5月6日 | 第1版 | 金 | 新規",
    ),
    (
        "버전 | 일자 | 작성자 | 변경 내용",
        "1.0 | 2024-05-06 | 김 | 최초 작성",
        "2024-05-06 | 1.0 | 김 | 최초 작성",
    ),
    (
        "Versione | Data | Cosa è cambiato",
        "1.0 | 06/05/2024 | Inizio",
        "06/05/2024 | 1.0 | ~ | Inizio",
    ),
    (
        "Version | Date | A/M/D | In Charge | Change Description",
        "1.0 | 2024-05-06 | A | Kim | New",
        "2024-05-06 | 1.0 | Kim | New",
    ),
    (
        "版本 | 日期 | 更新人 | 變更說明",
        "1.0 | 2024-05-06 | 金 | 新增",
        "2024-05-06 | 1.0 | 金 | 新增",
    ),
    (
        "版数 | 発行年月日 | 改版内容",
        "第1版 | 2024年5月6日 | 新規",
        "2024年5月6日 | 第1版 | ~ | 新規",
    ),
    (
        "Dato | Versjon | Forfatter | Endringer",
        "06.05.2024 | 1.0 | Kim | Ny",
        "06.05.2024 | 1.0 | Kim | Ny",
    ),
    (
        "Verze | Datum | Autor | Popis změn",
        "1.0 | 6. 5. 2024 | Kim | Nové",
        "6. 5. 2024 | 1.0 | Kim | Nové",
    ),
    (
        "Version | Date | Why it came to be",
        "1.0 | 2024-05-06 | The queue was split",
        "2024-05-06 | 1.0 | ~ | The queue was split",
    ),
    (
        "Version | Date | Where | How",
        "1.0 | 2024-05-06 | Queue | Split",
        "2024-05-06 | 1.0 | ~ | ~",
    ),
    (
        "Version | Date | Document",
        "1.0 | 2024-05-06 | Handbook",
        "2024-05-06 | 1.0 | ~ | ~",
    ),
    (
        "Version | Date (YYYY-MM-DD) | Prepared by | Reviewed by | Summary of changes",
        "1.0 | 2024-05-06 | Kim | Lee | New",
        "2024-05-06 | 1.0 | Kim | New",
    ),
];

#[test]
fn columns_go_by_their_headers() {
    for &(header, row, expected) in COLUMNS {
        let rule = vec!["---"; header.split('|').count()].join("|");
        reads(
            &format!("# A\n\n## Change Log\n\n| {header} |\n|{rule}|\n| {row} |\n"),
            expected,
        );
        let loose = format!("# A\n\n## Change Log\n\n| {header} |\n\n|{rule}|\n\n| {row} |\n");
        reads(&loose, expected);
    }
}
