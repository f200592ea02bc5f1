//! Arguments as they are typed, turned into jobs.

use super::help::{BATCH_HELP, EXAMPLES, EXTRACT_HELP, GROUP_HELP, MERGE_HELP, REPORT_HELP, VERIFY_HELP, WORKSHEET_HELP};
use super::words::Trouble;
use crate::compare::{FilterGroup, FindingKind};
use crate::report::{Format, Options};
use crate::source::{Hints, Moment};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
    /// Write a worksheet for teaching, and its answer key
    #[command(after_help = WORKSHEET_HELP)]
    Worksheet(RawWorksheet),
    /// Compare many sets of articles: a JSON line each, in and out
    #[command(after_help = BATCH_HELP)]
    Batch(RawBatch),
    /// Print what can be read out of each article, one JSON object a line
    #[command(after_help = EXTRACT_HELP)]
    Extract(RawExtract),
    /// Part a pile of articles into groups, each about one event
    #[command(after_help = GROUP_HELP)]
    Group(RawGroup),
    /// Check a report or a comparison against its sources: every word, hash and range
    #[command(after_help = VERIFY_HELP)]
    Verify(RawVerify),
    /// Put two people's judgements on one comparison in one file, and say how far they agree
    #[command(after_help = MERGE_HELP)]
    Merge(RawMerge),
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
    /// Fetch the web addresses among the articles, one request each, without cookies: the server learns your network address and that Parallax asks
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
    /// Parts to leave out
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    without: Vec<RawPart>,
    /// Title of the report
    #[arg(long)]
    title: Option<String>,
    /// Exit with 0 when something differs too
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Args, Debug)]
struct RawWorksheet {
    #[command(flatten)]
    inputs: RawInputs,
    /// Make it of the sample event
    #[arg(long)]
    sample: bool,
    /// Format: html, docx, pdf [default: by the names of the files, else html]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<RawFormat>,
    /// Worksheet to write; `-` is standard output
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    output: PathBuf,
    /// Answer key to write
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Kinds of difference for the key, or groups of them
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<String>,
    /// Judgements: a comparison file; what it dismisses is not in the key
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    /// Title
    #[arg(long)]
    title: Option<String>,
}

#[derive(Args, Debug)]
struct RawBatch {
    /// The list; `-` is standard input
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// File to write; `-` is standard output
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    output: PathBuf,
    /// Kinds of difference to report, or groups of them
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<String>,
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
    /// A report in JSON or HTML, or a comparison; `-` is standard input
    report: PathBuf,
    /// The sources, or a comparison that keeps them [default: the files that the report names]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
struct RawMerge {
    /// One comparison file
    #[arg(value_name = "A")]
    first: PathBuf,
    /// Another of the same texts
    #[arg(value_name = "B")]
    second: PathBuf,
    /// Comparison file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RawPart {
    /// People's notes on differences
    Notes,
    /// The table of details by outlet
    Details,
    /// The passages side by side
    Passages,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawFormat {
    Html,
    Pdf,
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

impl From<RawFormat> for Format {
    fn from(raw: RawFormat) -> Self {
        match raw {
            RawFormat::Html => Format::Html,
            RawFormat::Pdf => Format::Pdf,
            RawFormat::Docx => Format::Docx,
            RawFormat::Markdown => Format::Markdown,
            RawFormat::Xlsx => Format::Xlsx,
            RawFormat::Csv => Format::Csv,
            RawFormat::Json => Format::Json,
            RawFormat::Tei => Format::Tei,
            RawFormat::Annotations => Format::Annotations,
        }
    }
}

/// What is to be done.
pub(super) enum Job {
    Window {
        files: Vec<PathBuf>,
        sample: bool,
    },
    Report(ReportJob),
    Worksheet(WorksheetJob),
    Batch(BatchJob),
    Extract(ExtractJob),
    Group(GroupJob),
    Verify(VerifyJob),
    Merge(MergeJob),
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

/// A worksheet to write.
pub(super) struct WorksheetJob {
    pub inputs: Inputs,
    pub sample: bool,
    pub format: Format,
    pub output: PathBuf,
    pub key: Option<(PathBuf, Format)>,
    pub options: Options,
    pub judgements: Option<PathBuf>,
}

/// Many reports to write.
pub(super) struct BatchJob {
    pub list: PathBuf,
    pub output: PathBuf,
    pub options: Options,
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

/// Comparisons to merge.
pub(super) struct MergeJob {
    pub first: PathBuf,
    pub second: PathBuf,
    pub output: Option<PathBuf>,
}

impl Inputs {
    /// Files of which nothing is said.
    pub(super) fn files(files: Vec<PathBuf>) -> Self {
        Self { files, fetch: None, published: Vec::new(), columns: Vec::new(), outlet: Vec::new() }
    }

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
        RawCommand::Worksheet(_) => "worksheet",
        RawCommand::Batch(_) => "batch",
        RawCommand::Extract(_) => "extract",
        RawCommand::Group(_) => "group",
        RawCommand::Verify(_) => "verify",
        RawCommand::Merge(_) => "merge",
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
        Some(RawCommand::Worksheet(raw)) => {
            let format = |path: &Path| match raw.format {
                Some(format) => Ok(format.into()),
                None if path.as_os_str() == "-" => Ok(Format::Html),
                None => Format::from_path(path).ok_or_else(|| Trouble::UnknownFormat(path.to_owned())),
            };
            Job::Worksheet(WorksheetJob {
                format: format(&raw.output)?,
                key: raw.key.clone().map(|path| Ok((path.clone(), format(&path)?))).transpose()?,
                options: Options { title: raw.title, kinds: wanted(&raw.only)?, ..Options::default() },
                inputs: inputs(raw.inputs, raw.sample)?,
                sample: raw.sample,
                output: raw.output,
                judgements: raw.judgements,
            })
        }
        Some(RawCommand::Batch(raw)) => {
            let mut options = Options::for_format(Format::Json);
            if !raw.only.is_empty() {
                options.kinds = wanted(&raw.only)?;
            }
            Job::Batch(BatchJob { list: raw.list, output: raw.output, options, exit_zero: raw.exit_zero })
        }
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
        Some(RawCommand::Merge(raw)) => Job::Merge(MergeJob { first: raw.first, second: raw.second, output: raw.output }),
        Some(RawCommand::Verify(raw)) => Job::Verify(VerifyJob { report: raw.report, files: raw.files }),
        Some(RawCommand::Report(raw)) => {
            let format = match raw.format {
                Some(format) => format.into(),
                None if raw.output.as_os_str() == "-" => Format::Json,
                None => Format::from_path(&raw.output).ok_or_else(|| Trouble::UnknownFormat(raw.output.clone()))?,
            };
            let mut options = Options { title: raw.title, ..Options::for_format(format) };
            options.dismissed |= raw.dismissed;
            options.notes = !raw.without.contains(&RawPart::Notes);
            options.matrix = !raw.without.contains(&RawPart::Details);
            options.passages = !raw.without.contains(&RawPart::Passages);
            if !raw.only.is_empty() {
                options.kinds = wanted(&raw.only)?;
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

/// The kinds that words mean; those of a report where there is no word.
fn wanted(words: &[String]) -> Result<BTreeSet<FindingKind>, Trouble> {
    if words.is_empty() {
        return Ok(Options::default().kinds);
    }
    Ok(words.iter().map(|w| kinds(w)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
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
