//! Chapters that are symbolic links into the repository: asked for by where they lead, beside the book.

use std::os::unix::fs::symlink;

use super::*;

/// What git itself says of one file: `dir` is its repository, the path is from the top.
fn follow(dir: &Path, path: &str) -> Vec<String> {
    let spec = format!(":(top,literal){path}");
    let args = ["log", "--follow", "--no-merges", "-M75%", "--format=%H", "--", &spec];
    let mut hashes: Vec<String> = git_in(dir, &args, START).lines().map(str::to_owned).collect();
    hashes.sort();
    hashes
}

/// The history of a book in `root` whose chapters' directory is `source`; each path stands beside its one from the top of
/// the repository in `dir`.
fn agrees(root: &Path, source: &str, dir: &Path, chapters: &[(&str, &str)]) -> History {
    let root = root.canonicalize().unwrap();
    let texts: Vec<Option<String>> = chapters
        .iter()
        .map(|(path, _)| std::fs::read_to_string(root.join(path)).ok())
        .collect();
    let asked: Vec<Chapter<'_>> = chapters
        .iter()
        .zip(&texts)
        .map(|((path, _), text)| Chapter {
            path,
            text: text.as_deref(),
        })
        .collect();
    let book = Book {
        root: &root,
        source,
        chapters: &asked,
    };
    let history = Git::default().history(&book, &Options::default(), &derive);
    assert_eq!(history.state(), State::Known);
    for (document, (path, from_top)) in history.documents.iter().zip(chapters) {
        let mut own = hashes(document);
        own.sort();
        assert_eq!(own, follow(dir, from_top), "{path}");
        assert_eq!(&document.path, path);
    }
    history
}

fn link(repo: &Repo, target: &str, path: &str) {
    let path = repo.dir.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    symlink(target, path).unwrap();
}

/// A repository with chapters that are links, of which one leads to a file that was renamed and moved.
fn of_links() -> Repo {
    let repo = Repo::new();
    repo.write("docs/book/src/own.md", &document("own"));
    repo.write("docs/book/shared/inside.md", &document("inside"));
    repo.write("code/main.rs", "fn main() {}");
    repo.save("svc/OLD.md", &document("1"), "start");
    repo.save("svc/OLD.md", &document("2"), "edit of the old name");
    repo.git(&["mv", "svc/OLD.md", "svc/ARCH.md"]);
    repo.commit("rename beside");
    link(&repo, "../../../svc/ARCH.md", "docs/book/src/arch.md");
    link(&repo, "../shared/inside.md", "docs/book/src/inside.md");
    repo.commit("link");
    repo.save("svc/ARCH.md", &document("3"), "edit");
    repo.save("docs/book/shared/inside.md", &document("inside 2"), "edit inside");
    repo.save("code/main.rs", "fn main() { }", "code");
    std::fs::create_dir(repo.dir.join("services")).unwrap();
    repo.git(&["mv", "svc/ARCH.md", "services/ARCH.md"]);
    std::fs::remove_file(repo.dir.join("docs/book/src/arch.md")).unwrap();
    link(&repo, "../../../services/ARCH.md", "docs/book/src/arch.md");
    repo.save("services/ARCH.md", &document("4"), "move and edit");
    repo.save("docs/README.md", "text", "another");
    repo.save("docs/COPY.md", &document("4"), "copy");
    repo
}

#[test]
fn a_chapter_that_is_a_link_has_the_history_of_the_file_it_leads_to() {
    let repo = of_links();
    let root = repo.dir.join("docs/book");
    let chapters = [
        ("src/own.md", "docs/book/src/own.md"),
        ("../../services/ARCH.md", "services/ARCH.md"),
        ("shared/inside.md", "docs/book/shared/inside.md"),
        ("../README.md", "docs/README.md"),
    ];
    let history = agrees(&root, "src", &repo.dir, &chapters);
    let names: Vec<&str> = history.repositories.iter().map(|one| one.directory.as_str()).collect();
    assert_eq!(names, [""]);
    let arch = &history.documents[1];
    let expected = [
        "move and edit",
        "edit",
        "rename beside",
        "edit of the old name",
        "start",
    ];
    assert_eq!(subjects(arch), expected);
    assert_eq!(arch.revisions[0].change, Change::Renamed("svc/ARCH.md".to_owned()));
    assert_eq!(arch.revisions[2].kind, Kind::RenameOnly);
    assert!(
        history
            .documents
            .iter()
            .all(|one| one.working == Working::Clean && one.head.is_some())
    );

    // A copy is new, though git would follow it.
    let copy = super::history(&Git::default(), &root.canonicalize().unwrap(), &["../COPY.md"]);
    assert_eq!(subjects(&copy.documents[0]), ["copy"]);

    // What is on disk is that of the file.
    repo.write("services/ARCH.md", &document("5"));
    std::fs::write(repo.dir.join("svc-new.md"), document("6")).unwrap();
    let chapters = [
        chapters[1],
        ("../../svc-new.md", "svc-new.md"),
        ("../../../out.md", "../out.md"),
    ];
    let history = agrees(&root, "src", &repo.dir, &chapters[..2]);
    let edit = SectionChange {
        section: "Roadmap".to_owned(),
        what: SectionEdit::Edited,
    };
    assert_eq!(history.documents[0].working, Working::Edited(Kind::Content, vec![edit]));
    assert_eq!(history.documents[1].working, Working::Untracked);
    let out = super::history(&Git::default(), &root, &[chapters[2].0]);
    assert_eq!(
        (out.state(), &out.documents[0].working),
        (State::Known, &Working::Untracked)
    );
}

#[test]
fn chapters_whose_directory_is_a_link_are_followed_within_what_it_leads_to() {
    for (place, source, up) in [
        ("book", "../shared/docs", "../shared/docs/"),
        ("docs/deep/book", "../../../shared/docs", "../../../shared/docs/"),
        ("", "shared/docs", "shared/docs/"),
    ] {
        let repo = Repo::new();
        repo.save("shared/docs/a.md", &document("1"), "start");
        let root = repo.dir.join(place);
        std::fs::create_dir_all(&root).unwrap();
        symlink(source, root.join("src")).unwrap();
        repo.commit("link");
        repo.git(&["mv", "shared/docs/a.md", "shared/docs/b.md"]);
        repo.save("shared/docs/b.md", &document("2"), "rename");
        repo.save("shared/other.md", &document("2"), "other");
        let path = format!("{up}b.md");
        let history = agrees(&root, source, &repo.dir, &[(&path, "shared/docs/b.md")]);
        assert_eq!(subjects(&history.documents[0]), ["rename", "start"]);
        // Also where nobody says where the link leads.
        let history = agrees(&root, "src", &repo.dir, &[(&path, "shared/docs/b.md")]);
        assert_eq!(subjects(&history.documents[0]), ["rename", "start"]);
    }
}

#[test]
fn a_link_into_a_submodule_beside_the_book_has_its_history() {
    let inner = Repo::new();
    inner.save("docs/OLD.md", &document("1"), "inner start");
    inner.git(&["mv", "docs/OLD.md", "ARCH.md"]);
    inner.commit("inner move");
    inner.save("src/x.md", "x", "no chapter");
    let repo = Repo::new();
    repo.save("book/src/a.md", "1", "outer");
    repo.git(&["submodule", "--quiet", "add", inner.dir.to_str().unwrap(), "parts/svc"]);
    repo.commit("submodule");
    let (root, svc) = (repo.dir.join("book"), repo.dir.join("parts/svc"));
    let history = agrees(&root, "src", &svc, &[("../parts/svc/ARCH.md", "ARCH.md")]);
    assert_eq!(subjects(&history.documents[0]), ["inner move", "inner start"]);
    assert_eq!(history.repositories[0].directory, "../parts/svc");
    // A book whose directory of chapters is a link into the submodule.
    agrees(
        &root,
        "../parts/svc/src",
        &svc,
        &[("../parts/svc/src/x.md", "src/x.md")],
    );

    // A book in the submodule has no chapters in the repository around it.
    std::fs::create_dir_all(svc.join("book/src")).unwrap();
    let root = svc.join("book");
    let history = agrees(&root, "src", &svc, &[("../ARCH.md", "ARCH.md")]);
    assert_eq!(history.repositories[0].directory, "");
    let outside = super::history(
        &Git::default(),
        &root.canonicalize().unwrap(),
        &["../../../book/src/a.md"],
    );
    assert_eq!(outside.repositories.len(), 1);
    assert_eq!(outside.documents[0].working, Working::Untracked);
}

#[test]
fn random_moves_agree_with_a_log_that_follows_each_file() {
    for mut seed in 1..=4_u64 {
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let repo = Repo::new();
        let folders = ["docs/book/src", "docs/book", "docs", "svc/one", "svc/[x]", "."];
        // Texts that are not alike, so that git has no choice.
        let text = |name: usize, edit: &str| -> String {
            let lines: String = (0..40)
                .map(|line| format!("{} of text {name}\n", line * (name + 7)))
                .collect();
            format!("## A\n{lines}\n{edit}\n")
        };
        let mut files: Vec<String> = (0..4).map(|at| format!("svc/one/f{at}.md")).collect();
        for (at, path) in files.iter().enumerate() {
            repo.save(path, &text(at, ""), "new");
        }
        repo.write("docs/book/src/SUMMARY.md", "x");
        for step in 0..24 {
            let at = random(files.len());
            if random(2) == 0 {
                let to = format!("{}/g{at}-{step}.md", folders[random(folders.len())]);
                std::fs::create_dir_all(repo.dir.join(&to).parent().unwrap()).unwrap();
                repo.git(&["mv", &files[at], &to]);
                files[at] = to.trim_start_matches("./").to_owned();
            }
            if random(3) > 0 {
                repo.write(&files[at], &text(at, &step.to_string()));
            }
            repo.commit(&step.to_string());
        }
        let inside = |path: &String| path.strip_prefix("docs/book/").map(str::to_owned);
        let elsewhere = files.iter().filter(|path| !path.starts_with("docs/book/src/"));
        let asked: Vec<(String, &str)> = elsewhere
            .map(|path| (inside(path).unwrap_or_else(|| format!("../../{path}")), path.as_str()))
            .collect();
        let asked: Vec<(&str, &str)> = asked.iter().map(|(path, top)| (path.as_str(), *top)).collect();
        agrees(&repo.dir.join("docs/book"), "src", &repo.dir, &asked);
    }
}
