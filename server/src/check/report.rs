//! What a check found, as text for a terminal: the same words for the same findings, but for the
//! times.

use super::live::Step;
use super::secrets::Given;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

/// Most defects of one step that are written out.
const DEFECTS: usize = 5;

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.name)?;
        if !self.call.is_empty() {
            write!(f, "  {}", self.call)?;
            if let Some(status) = self.status {
                write!(f, "\n  {status}, {} ms", self.ms)?;
            }
            if !self.found.is_empty() {
                write!(f, ": {}", self.found)?;
            }
            writeln!(f)?;
        }
        let width = self.shares.iter().map(|share| share.field.len()).max();
        for share in &self.shares {
            let line = format!(
                "    {:width$}  {:>3} %  {}",
                share.field,
                share.percent(),
                share.example,
                width = width.unwrap_or(0)
            );
            writeln!(f, "{}", line.trim_end())?;
        }
        for defect in self.defects.iter().take(DEFECTS) {
            writeln!(f, "  left out: {}: {}", defect.pointer, defect.problem)?;
        }
        if self.defects.len() > DEFECTS {
            writeln!(f, "  left out: {} more", self.defects.len() - DEFECTS)?;
        }
        for note in &self.notes {
            writeln!(f, "  note: {note}")?;
        }
        for problem in &self.problems {
            writeln!(f, "  PROBLEM: {problem}")?;
        }
        Ok(())
    }
}

/// Writes steps, and counts their problems; what several steps have in common is told once.
#[derive(Debug, Default)]
pub struct Report {
    /// The step in which each problem was told.
    told: BTreeMap<String, String>,
}

impl Report {
    /// Writes steps, without the secrets that went along.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(
        &mut self,
        steps: &[Step],
        secrets: &Given,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for step in steps {
            let mut step = step.clone();
            for problem in &mut step.problems {
                match self.told.get(problem) {
                    Some(before) => *problem = format!("the same as in {before}"),
                    None => {
                        self.told.insert(problem.clone(), step.name.clone());
                    }
                }
            }
            write!(out, "\n{}", secrets.hide(&step.to_string()))?;
        }
        Ok(())
    }

    /// How many different problems were told.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.told.len()
    }
}

/// How many problems there are, in words.
#[must_use]
pub fn count(problems: usize) -> String {
    match problems {
        0 => "no problem".to_owned(),
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    }
}
