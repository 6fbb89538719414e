//! stub
use crate::model::*; use crate::search::Index;
#[derive(Debug, Clone, PartialEq)] pub struct SkillSuggestion { pub name: String, pub why: Vec<String> }
#[derive(Debug, Clone, PartialEq)] pub struct Candidate { pub person: PersonId, pub reasons: Vec<Reason>, pub score: f32 }
#[derive(Debug, Clone, PartialEq)] pub enum Reason { Shown{skill:String,accepted:u32,thanks:u32}, Declared{skill:String}, Related{skill:String,via:String}, Title{word:String}, SamePlace(String), Speaks(String), FreeNow, LightLoad, SeldomAsked }
#[derive(Debug, Clone, PartialEq)] pub enum InviteReason { AskedByName, Skill(String), WantsToLearn(String) }
#[derive(Debug, Clone, PartialEq)] pub struct Invitation { pub request: RequestId, pub why: InviteReason }
pub struct Ask<'a> { pub question: &'a str, pub details: &'a str, pub skills: &'a [String], pub asker: Option<&'a Person> }
pub fn suggest_skills(_: &str, _: &Index) -> Vec<SkillSuggestion> { vec![] }
pub fn route(_: &Ask<'_>, _: &Index, _: Timestamp) -> Vec<Candidate> { vec![] }
pub fn inbox<'a>(_: &Person, _: impl IntoIterator<Item=&'a Request>) -> Vec<Invitation> { vec![] }
pub fn similar<'a>(_: &str, _: impl Iterator<Item=&'a Request>) -> Vec<(RequestId, f32)> { vec![] }
