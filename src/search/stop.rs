//! Words that carry no subject: articles, pronouns, prepositions and the phrases with which
//! people ask ("who can", "quelqu'un qui", "ich brauche"), in French, English and German.
//!
//! They still match like any word. Only where nobody matches a whole query do they count for
//! nothing, and skills are never suggested from them.

use std::cmp::Ordering;

/// Folded, parted by spaces, and sorted so that a word is found by bisection.
const WORDS: &str = "\
a aber about ai aide aider alors als am an and any anyone apres are as at au aucun auf aus \
aussi autre aux avant avec avez avoir avons be been bei beim besoin bien bin bis bitte bonjour \
but by ca can car ce cela celle celui ces cet cette chez comme comment connait could da damit \
danke dans das dass de dem den depuis der des die dies diese dieser do doch does dois doit don \
donc du ein eine einem einen einer eines elle elles en encore entre er es est et etre eu faire \
fait faut for from fuer fur get habe haben has hat have help here hilfe how i ich ici if ihr il \
ils im in into is ist it its je jemand jusque just kann kein keine know knows konnen la le les \
let leur leurs like lors lui ma mais make man marche me mein meine merci mes mich mir mit moi \
mon my nach ne need nicht no noch nos not notre nous nur ob oder of on one ont or ou our par \
parle pas peu peut peux please plus pour pourquoi quand que quel quelle quelles quelqu quelque \
quels qui quoi sa sait sans se sera ses should si sich sie sind so some somebody someone son \
sont sous sowie speaks spricht such sur ta te tes than thanks that the their them then there \
these they this those to toi ton tous tout toute toutes tres tu uber um un und une uns unser \
unter up us use utiliser va vers veut veux voir vom von vor vos votre voudrais vous wann want \
war was we wegen weiss wenn wer werden were what when where which while who whom why wie will \
wir wird with wo would y yes you your zu zum zur";

/// Whether a folded word carries no subject.
pub(crate) fn is_stop_word(word: &str) -> bool {
    let bytes = WORDS.as_bytes();
    let ends = |at: usize| bytes.get(at).is_none_or(|b| *b == b' ');
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = (low + high) / 2;
        // The word that holds the middle.
        let (mut start, mut end) = (middle, middle);
        while start > low && !ends(start - 1) {
            start -= 1;
        }
        while !ends(end) {
            end += 1;
        }
        match WORDS.get(start..end).unwrap_or_default().cmp(word) {
            Ordering::Less => low = end + 1,
            Ordering::Equal => return true,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_sorted_and_folded() {
        let words: Vec<&str> = WORDS.split(' ').collect();
        assert!(words.is_sorted() && words.len() > 300);
        for word in words {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()));
            assert!(is_stop_word(word), "{word}");
            assert!(!is_stop_word(&format!("{word}q")), "{word}");
        }
        assert!(is_stop_word("quelqu") && is_stop_word("who") && is_stop_word("jemand"));
        assert!(!is_stop_word("excel") && !is_stop_word("") && !is_stop_word("a aber"));
    }
}
