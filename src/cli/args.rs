//! Arguments as they are typed, turned into jobs.

use super::words::Trouble;
use crate::compare::{FilterGroup, FindingKind};
use crate::report::{Format, Options};
use crate::source::{Hints, Moment};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  parallax a.txt b.html c.txt                   Open three articles in the window
  parallax --sample                             Open the sample event
  parallax report a.txt b.html -o report.html   Write a page to read, print and send
  parallax report *.html --only conflict -o -   Print the conflicts as JSON
  parallax extract a.txt                        Print the quotes and details of one article
  parallax group export.zip -o events           Part many articles by event
  parallax verify report.html a.txt b.html      Check that a report still holds

Files: text, Markdown, saved pages, PDF with text, DOCX, DOC, ODT, FODT, RTF, EPUB, mail (EML, mbox, MHTML), JSON, JSONL, CSV,
TSV, XLSX, XLS, ODS, feeds (RSS, Atom, JSON Feed), NITF, NewsML-G2, ninjs, web archives (WARC, WACZ), exports of Nexis, Factiva,
ProQuest, NewsBank and Europresse, ZIP archives of all these, and .parallax comparisons. A file may hold several articles. The content decides, not the ending.";

const REPORT_HELP: &str = "\
Examples:
  parallax report a.txt b.html -o report.html
  parallax report a.txt b.html --format markdown --only conflict,quotes
  parallax report --published a.txt=2026-03-01 --published 2026-03-02 a.txt b.txt -o report.md
  parallax report --fetch https://example.org/story mine.txt -o report.html
  parallax report --sample -o sample.html

Kinds and groups of kinds for --only:
  conflict (detail-conflict, self-contradiction), later (detail-later), compatible (detail-compatible, name-spelling),
  quotes (quote-altered, quote-trimmed, quote-speaker, quote-indirect, attribution), only-in, silent, order, wording

Exit status: 0 if nothing differs, 1 if something does, 2 if a file could not be read or written.";

const EXTRACT_HELP: &str = "\
Examples:
  parallax extract a.txt | jq '.quotes[].text'
  parallax extract archive/*.html > versions.jsonl
  parallax extract --explain a.txt              Shows each finding under its words, with the rule that found it

Exit status: 0, or 2 if a file gave no article. The others are printed all the same.";

const GROUP_HELP: &str = "\
Examples:
  parallax group export.zip                     Print the groups
  parallax group archive/ -o events             Write a comparison file for each group into the folder events
  parallax report events/01-*.parallax -o report.html

Articles are grouped by names, figures, rare words, shared copy and date. The same pile gives the same groups in any order.

Exit status: 0, or 2 if a file gave no article. The others are grouped all the same.";

const VERIFY_HELP: &str = "\
Examples:
  parallax verify report.json a.txt b.html
  parallax verify report.html                   Looks for the files where the report names them
  parallax verify report.html saved.parallax    Checks against the texts that a comparison keeps

The report is made again from its texts, and every word in it set against that.

Exit status: 0 if all holds, 1 if something is disproved, 2 if nothing is but a source or the report could not be read.";

#[derive(Parser, Debug)]
#[command(name = "parallax", version, about = "Compare how outlets cover one event", after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true)]
struct Raw {
    #[command(subcommand)]
    command: Option<RawCommand>,
    /// Articles to open in the window
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Open the sample event
    #[arg(long)]
    sample: bool,
}

#[derive(Subcommand, Debug)]
enum RawCommand {
    /// Compare articles and write a report
    #[command(after_help = REPORT_HELP)]
    Report(RawReport),
    /// Print what can be read out of each article, one JSON object a line
    #[command(after_help = EXTRACT_HELP)]
    Extract(RawExtract),
    /// Part a pile of articles into groups, each about one event
    #[command(after_help = GROUP_HELP)]
    Group(RawGroup),
    /// Check a report against its sources: every word, hash and range
    #[command(after_help = VERIFY_HELP)]
    Verify(RawVerify),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man,
}

#[derive(Args, Debug)]
struct RawInputs {
    /// Articles, folders of them, comparison files; `-` is standard input; with --fetch also web addresses
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fetch the web addresses among the articles, one request each; nothing but the address is sent
    #[arg(long)]
    fetch: bool,
    /// With --fetch: also fetch from this computer and its own network
    #[arg(long, requires = "fetch")]
    allow_private: bool,
    /// When the articles were published, which turns “Tuesday” into a date. For one file: FILE=DATE
    #[arg(long, value_name = "DATE")]
    published: Vec<String>,
    /// Which columns of tables hold what, by name or number: text=Body,title=3,outlet=…,date=…,byline=…,url=…
    #[arg(long, value_delimiter = ',', value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
    /// The outlet of a file, where it does not say so itself
    #[arg(long, value_name = "FILE=NAME")]
    outlet: Vec<String>,
}

#[derive(Args, Debug)]
struct RawReport {
    #[command(flatten)]
    inputs: RawInputs,
    /// Report on the sample event
    #[arg(long)]
    sample: bool,
    /// Format [default: by the name of the output, else json]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<RawFormat>,
    /// File to write; `-` is standard output
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    output: PathBuf,
    /// Kinds of difference to report, or groups of them
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<String>,
    /// Judgements to show: a comparison file
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    /// List dismissed differences too
    #[arg(long)]
    dismissed: bool,
    /// Title of the report
    #[arg(long)]
    title: Option<String>,
    /// Exit with 0 when something differs too
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Args, Debug)]
struct RawExtract {
    #[command(flatten)]
    inputs: RawInputs,
    /// Print text for people: each finding underlined in its sentence, with kind, value and rule
    #[arg(long)]
    explain: bool,
}

#[derive(Args, Debug)]
struct RawGroup {
    #[command(flatten)]
    inputs: RawInputs,
    /// Folder to write a comparison file for each group into
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// The fewest articles of a group
    #[arg(long, default_value_t = 2, value_name = "N")]
    least: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct RawVerify {
    /// A report in JSON or HTML; `-` is standard input
    report: PathBuf,
    /// The sources, or a comparison that keeps them [default: the files that the report names]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawFormat {
    Html,
    Docx,
    #[value(alias = "md")]
    Markdown,
    Xlsx,
    Csv,
    Json,
    #[value(alias = "xml")]
    Tei,
    #[value(alias = "jsonld")]
    Annotations,
}

/// What is to be done.
pub(super) enum Job {
    Window {
        files: Vec<PathBuf>,
        sample: bool,
    },
    Report(ReportJob),
    Extract(ExtractJob),
    Group(GroupJob),
    Verify(VerifyJob),
    /// Text that the program makes about itself.
    Print(Vec<u8>),
}

/// Files and what is said about them.
pub(super) struct Inputs {
    pub files: Vec<PathBuf>,
    /// Whether pages may be fetched from the person's own network too; `None` where nothing may be fetched.
    pub fetch: Option<Private>,
    published: Vec<(Option<PathBuf>, Moment)>,
    columns: Vec<(String, String)>,
    outlet: Vec<(PathBuf, String)>,
}

/// Whether pages of the person's own network may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Private {
    Allowed,
    Refused,
}

/// A report to write.
pub(super) struct ReportJob {
    pub inputs: Inputs,
    pub sample: bool,
    pub format: Format,
    pub output: PathBuf,
    pub options: Options,
    pub judgements: Option<PathBuf>,
    pub exit_zero: bool,
}

/// Articles to read out.
pub(super) struct ExtractJob {
    pub inputs: Inputs,
    pub explain: bool,
}

/// Articles to part into groups.
pub(super) struct GroupJob {
    pub inputs: Inputs,
    pub output: Option<PathBuf>,
    pub least: usize,
    pub json: bool,
}

/// A report to check.
pub(super) struct VerifyJob {
    pub report: PathBuf,
    pub files: Vec<PathBuf>,
}

impl Inputs {
    /// What was said about one file. What is said of it alone wins over what is said of all.
    pub(super) fn hints_for(&self, path: &Path) -> Hints {
        let all = self.published.iter().rev().find(|(of, _)| of.is_none());
        let own = self.published.iter().rev().find(|(of, _)| of.as_deref() == Some(path));
        Hints {
            path: path.to_string_lossy().into_owned(),
            published: own.or(all).map(|(_, moment)| *moment),
            columns: self.columns.clone(),
            outlet: self.outlet.iter().rev().find(|(of, _)| of == path).map(|(_, name)| name.clone()),
            ..Hints::default()
        }
    }
}

/// Reads the process's arguments. Ends the process with help or a message where they ask for it.
pub(super) fn parse() -> Job {
    let raw = Raw::parse();
    let name = raw.command.as_ref().map(|command| match command {
        RawCommand::Report(_) => "report",
        RawCommand::Extract(_) => "extract",
        RawCommand::Group(_) => "group",
        RawCommand::Verify(_) => "verify",
        RawCommand::Completions { .. } => "completions",
        RawCommand::Man => "man",
    });
    job(raw).unwrap_or_else(|trouble| {
        let mut command = Raw::command();
        // Only a built command knows its whole name for the line on usage.
        command.build();
        let kind = if matches!(trouble, Trouble::NoSuchCommand { .. }) { ErrorKind::InvalidSubcommand } else { ErrorKind::ValueValidation };
        match name.and_then(|name| command.find_subcommand_mut(name)) {
            Some(sub) => sub.error(kind, trouble).exit(),
            None => command.error(kind, trouble).exit(),
        }
    })
}

/// The command that a first word was meant to be, where it is no file and looks like one.
fn meant(files: &[PathBuf]) -> Option<Trouble> {
    let word = files.first().filter(|f| !f.exists())?.to_str()?;
    let lower = word.to_lowercase();
    let command = Raw::command();
    let names = command.get_subcommands().map(|c| c.get_name().to_owned()).chain(["help".to_owned()]);
    let nearest = names.map(|name| (slips(&lower, &name), name)).min()?;
    let allowed = if nearest.1.len() > 4 { 2 } else { 1 };
    (nearest.0 <= allowed).then(|| Trouble::NoSuchCommand { word: word.to_owned(), meant: nearest.1 })
}

/// The fewest letters to add, drop, change or swap with the next that turn one word into the other.
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

fn job(raw: Raw) -> Result<Job, Trouble> {
    Ok(match raw.command {
        None => match meant(&raw.files) {
            Some(trouble) => return Err(trouble),
            None => Job::Window { files: raw.files, sample: raw.sample },
        },
        Some(RawCommand::Extract(raw)) => Job::Extract(ExtractJob { inputs: inputs(raw.inputs, false)?, explain: raw.explain }),
        Some(RawCommand::Group(raw)) => {
            Job::Group(GroupJob { inputs: inputs(raw.inputs, false)?, output: raw.output, least: raw.least.max(1), json: raw.json })
        }
        Some(RawCommand::Completions { shell }) => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Raw::command(), "parallax", &mut text);
            Job::Print(text)
        }
        Some(RawCommand::Man) => Job::Print(manual()),
        Some(RawCommand::Verify(raw)) => Job::Verify(VerifyJob { report: raw.report, files: raw.files }),
        Some(RawCommand::Report(raw)) => {
            let format = match raw.format {
                Some(RawFormat::Json) => Format::Json,
                Some(RawFormat::Html) => Format::Html,
                Some(RawFormat::Markdown) => Format::Markdown,
                Some(RawFormat::Docx) => Format::Docx,
                Some(RawFormat::Xlsx) => Format::Xlsx,
                Some(RawFormat::Csv) => Format::Csv,
                Some(RawFormat::Tei) => Format::Tei,
                Some(RawFormat::Annotations) => Format::Annotations,
                None if raw.output.as_os_str() == "-" => Format::Json,
                None => Format::from_path(&raw.output).ok_or_else(|| Trouble::UnknownFormat(raw.output.clone()))?,
            };
            let mut options = Options { title: raw.title, ..Options::for_format(format) };
            options.dismissed |= raw.dismissed;
            if !raw.only.is_empty() {
                options.kinds = raw.only.iter().map(|w| kinds(w)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            }
            Job::Report(ReportJob {
                inputs: inputs(raw.inputs, raw.sample)?,
                sample: raw.sample,
                format,
                output: raw.output,
                options,
                judgements: raw.judgements,
                exit_zero: raw.exit_zero,
            })
        }
    })
}

/// The manual: the program's page and those of its commands, one after the other.
fn manual() -> Vec<u8> {
    let mut text = Vec::new();
    let command = Raw::command();
    // Writing to memory can't fail.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut text);
    for sub in command.get_subcommands() {
        let name = format!("parallax-{}", sub.get_name());
        let _ = clap_mangen::Man::new(sub.clone()).title(name).render(&mut text);
    }
    text
}

fn inputs(raw: RawInputs, sample: bool) -> Result<Inputs, Trouble> {
    if raw.files.is_empty() && !sample {
        return Err(Trouble::NoFiles);
    }
    let published = raw
        .published
        .iter()
        .map(|text| match text.rsplit_once('=') {
            Some((file, date)) => Ok((Some(named(file, &raw.files)?), moment(date)?)),
            None => Ok((None, moment(text)?)),
        })
        .collect::<Result<_, Trouble>>()?;
    let outlet = raw
        .outlet
        .iter()
        .map(|text| match text.split_once('=') {
            Some((file, name)) => Ok((named(file, &raw.files)?, name.to_owned())),
            None => Err(Trouble::NoName(text.clone())),
        })
        .collect::<Result<_, Trouble>>()?;
    let columns = raw.columns.iter().map(|text| match text.split_once('=') {
        Some((field, column)) if crate::source::is_field(field) && !column.trim().is_empty() => Ok((field.to_owned(), column.to_owned())),
        _ => Err(Trouble::NoColumn(text.clone())),
    });
    let columns = columns.collect::<Result<_, Trouble>>()?;
    if let Some(address) = raw.files.iter().find(|f| !raw.fetch && is_address(f)) {
        return Err(Trouble::NotFetched(address.to_string_lossy().into_owned()));
    }
    let private = if raw.allow_private { Private::Allowed } else { Private::Refused };
    Ok(Inputs { files: raw.files, fetch: raw.fetch.then_some(private), published, columns, outlet })
}

/// Whether an input is a web address.
pub(super) fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(crate::io::fetch::is_address)
}

/// The input that something is said about; a slip of the pen there would go unnoticed otherwise.
fn named(file: &str, files: &[PathBuf]) -> Result<PathBuf, Trouble> {
    files.iter().find(|f| f.as_path() == Path::new(file)).cloned().ok_or_else(|| Trouble::NotAnInput(file.to_owned()))
}

/// The kinds that a word means: a kind, or a group of kinds.
fn kinds(word: &str) -> Result<BTreeSet<FindingKind>, Trouble> {
    let word = word.trim().to_ascii_lowercase();
    let group = match word.as_str() {
        "conflict" | "conflicts" => Some(FilterGroup::Conflict),
        "later" => Some(FilterGroup::Later),
        "compatible" => Some(FilterGroup::Compatible),
        "quote" | "quotes" => Some(FilterGroup::Quotes),
        _ => None,
    };
    let found: BTreeSet<FindingKind> =
        FindingKind::ALL.into_iter().filter(|k| k.slug() == word || group.is_some_and(|g| k.group() == g)).collect();
    if found.is_empty() { Err(Trouble::UnknownKind(word)) } else { Ok(found) }
}

/// `2026-03-01`, `2026-03-01T09:30`, `2026-03-01T09:30:00Z`, `2026-03-01 09:30+09:00`.
fn moment(text: &str) -> Result<Moment, Trouble> {
    let bad = || Trouble::BadDate(text.to_owned());
    let text = text.trim();
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else {
        return Ok(Moment::day(text.parse().map_err(|_| bad())?));
    };
    let date = date.parse().map_err(|_| bad())?;
    let rest = rest.trim();
    let (time, zone) = match rest.find(['Z', 'z', '+', '-', '−']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let time = time.trim().parse().map_err(|_| bad())?;
    let offset_minutes = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        signed => {
            let mut chars = signed.chars();
            let minus = chars.next() != Some('+');
            let digits: String = chars.filter(|c| *c != ':').collect();
            let (hours, minutes) = match digits.len() {
                2 => (digits.as_str(), "0"),
                4 if digits.is_ascii() => digits.split_at(2),
                _ => return Err(bad()),
            };
            let of = hours.parse::<i32>().map_err(|_| bad())? * 60 + minutes.parse::<i32>().map_err(|_| bad())?;
            Some(if minus { -of } else { of })
        }
    };
    Ok(Moment { date, time: Some(time), offset_minutes })
}
