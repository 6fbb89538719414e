//! The table of texts: one line a message, in English and French.
//!
//! The tone is that of a helpful colleague: short, warm, never blaming, and always with the
//! next step. Both languages say "you" the polite way. In French a narrow no-break space
//! (U+202F) stands before `?`, `!`, `;`, `:` and inside « »; a test looks for it.

macro_rules! messages {
    ($($variant:ident $key:literal $en:literal $fr:literal;)*) => {
        /// A text of the screens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is documented by its English text")]
        pub enum Message { $($variant),* }

        impl Message {
            /// Every message, for tests and for translators.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name by which a page owner replaces the text.
            #[must_use]
            pub fn key(self) -> &'static str {
                TABLE[self as usize].0
            }

            pub(super) fn english(self) -> &'static str {
                TABLE[self as usize].1
            }

            pub(super) fn french(self) -> &'static str {
                TABLE[self as usize].2
            }
        }

        static TABLE: &[(&str, &str, &str)] = &[$(($key, $en, $fr)),*];
    };
}

messages! {
    // Panel
    Title "title" "Ask a colleague" "Demander à un collègue";
    Close "close" "Close" "Fermer";
    Back "back" "Back" "Retour";
    NavAsk "nav_ask" "Ask" "Demander";
    NavDirectory "nav_directory" "Colleagues" "Collègues";
    NavMine "nav_mine" "My questions" "Mes questions";
    NavInbox "nav_inbox" "Help others" "Aider";
    NavLabel "nav_label" "Sections" "Rubriques";
    Loading "loading" "Loading…" "Chargement…";
    TryAgain "try_again" "Try again" "Réessayer";
    More "more" "Show more" "Afficher la suite";
    NewsOne "news_one" "{n} new" "{n} nouveau";
    NewsOther "news_other" "{n} new" "{n} nouveaux";

    // Directory
    SearchLabel "search_label" "Search by name, skill, team or place" "Chercher par nom, compétence, équipe ou lieu";
    SearchHint "search_hint" "For example: Excel, welding, Lyon" "Par exemple : Excel, soudure, Lyon";
    ClearSearch "clear_search" "Clear the search" "Effacer la recherche";
    Filters "filters" "Filters" "Filtres";
    FiltersOn "filters_on" "Filters ({n})" "Filtres ({n})";
    FacetSkill "facet_skill" "Skill" "Compétence";
    FacetTeam "facet_team" "Team" "Équipe";
    FacetPlace "facet_place" "Place" "Lieu";
    FacetPresence "facet_presence" "Availability" "Disponibilité";
    FacetMore "facet_more" "All {n}" "Les {n}";
    FacetLess "facet_less" "Fewer" "Moins";
    PeopleOne "people_one" "{n} colleague" "{n} collègue";
    PeopleOther "people_other" "{n} colleagues" "{n} collègues";
    PeopleLoading "people_loading" "{n} of {total} colleagues loaded" "{n} collègues chargés sur {total}";
    PeopleLoadingOpen "people_loading_open" "{n} colleagues loaded so far" "{n} collègues chargés pour l’instant";
    PeopleCut "people_cut" "Some colleagues may be missing: the server’s list is too long." "Des collègues manquent peut-être : la liste du serveur est trop longue.";
    PartialMatch "partial_match" "Nobody matches all of these words. These colleagues come closest." "Personne ne correspond à tous ces mots. Voici les plus proches.";
    NobodyFound "nobody_found" "Nobody found" "Personne ne correspond";
    NobodyFoundHint "nobody_found_hint" "Try fewer words, another spelling, or ask everyone: somebody may know." "Essayez moins de mots, une autre orthographe, ou demandez à tous : quelqu’un sait peut-être.";
    AskEveryone "ask_everyone" "Ask everyone" "Demander à tous";
    EmptyDirectory "empty_directory" "No colleagues yet" "Aucun collègue pour l’instant";
    EmptyDirectoryHint "empty_directory_hint" "As soon as people are in the directory, you will find them here." "Dès que des personnes seront dans l’annuaire, vous les trouverez ici.";
    ResultsLabel "results_label" "Colleagues found" "Collègues trouvés";
    CanHelpWith "can_help_with" "Can help with" "Peut aider sur";
    Available "available" "Available" "Disponible";
    Busy "busy" "Busy" "Occupé";
    Away "away" "Away" "Absent";
    PresenceUnknown "presence_unknown" "Not said" "Non précisé";
    AwayUntil "away_until" "Away until {date}" "Absent jusqu’au {date}";
    Full "full" "Has enough questions this week" "A assez de questions cette semaine";

    // Why somebody is in a list
    WhyName "why_name" "Name" "Nom";
    WhyTitle "why_title" "Job: {value}" "Métier : {value}";
    WhyTeam "why_team" "Team: {value}" "Équipe : {value}";
    WhyPlace "why_place" "Place: {value}" "Lieu : {value}";
    WhyLanguage "why_language" "Speaks {value}" "Parle {value}";
    WhyWants "why_wants" "Wants to learn {value}" "Veut apprendre {value}";
    WhyAbout "why_about" "About them" "Présentation";
    WhySkill "why_skill" "Knows {value}" "Connaît {value}";
    WhyHelpedOne "why_helped_one" "Helped {n} time with {value}" "A aidé {n} fois sur {value}";
    WhyHelpedOther "why_helped_other" "Helped {n} times with {value}" "A aidé {n} fois sur {value}";
    WhyRelated "why_related" "Knows {value}, close to {via}" "Connaît {value}, proche de {via}";
    WhySamePlace "why_same_place" "Works at your place, {value}" "Travaille sur votre site, {value}";
    WhyFree "why_free" "Available now" "Disponible maintenant";
    WhyLight "why_light" "Few open questions" "Peu de questions en cours";
    WhySeldom "why_seldom" "Knows this, seldom asked" "Connaît le sujet, rarement sollicité";

    // Person
    AskName "ask_name" "Ask {name}" "Demander à {name}";
    AskAbout "ask_about" "Ask about {value}" "Demander à propos de : {value}";
    ShownByHelp "shown_by_help" "Shown by help given" "Démontré par l’aide apportée";
    Declared "declared" "Says they know" "Déclaré";
    WantsToLearn "wants_to_learn" "Wants to learn" "Souhaite apprendre";
    YouKnowThis "you_know_this" "You know this" "Vous connaissez";
    Languages "languages" "Languages" "Langues";
    LocalTime "local_time" "{time} there now" "Il y est {time}";
    SendMail "send_mail" "E-mail" "Courriel";
    FullProfile "full_profile" "Full profile" "Profil complet";
    AcceptedOne "accepted_one" "{n} accepted answer" "{n} réponse acceptée";
    AcceptedOther "accepted_other" "{n} accepted answers" "{n} réponses acceptées";
    ThanksOne "thanks_one" "{n} thank-you" "{n} merci";
    ThanksOther "thanks_other" "{n} thank-yous" "{n} mercis";
    LoadOne "load_one" "{n} question open with them" "{n} question en cours chez cette personne";
    LoadOther "load_other" "{n} questions open with them" "{n} questions en cours chez cette personne";
    LoadLimit "load_limit" "{n} of {limit} questions this week" "{n} questions sur {limit} cette semaine";
    LoadNone "load_none" "No open questions" "Aucune question en cours";
    NoSkills "no_skills" "No skills noted yet. Asking is still fine." "Aucune compétence indiquée. Vous pouvez demander quand même.";
    PersonMissing "person_missing" "This colleague is not in the directory" "Ce collègue n’est pas dans l’annuaire";
    ItIsYou "it_is_you" "This is you" "C’est vous";

    // Ask
    AskHeading "ask_heading" "What do you need?" "De quoi avez-vous besoin ?";
    Question "question" "Your question" "Votre question";
    QuestionHint "question_hint" "One sentence is enough. Simple questions help others too." "Une phrase suffit. Les questions simples aident aussi les autres.";
    QuestionMissing "question_missing" "Write your question first, one sentence is enough." "Écrivez d’abord votre question, une phrase suffit.";
    Details "details" "Details" "Détails";
    Optional "optional" "optional" "facultatif";
    DetailsHint "details_hint" "What you tried, what you see, until when you need it." "Ce que vous avez essayé, ce que vous voyez, pour quand.";
    CharactersLeft "characters_left" "{n} characters left" "{n} caractères restants";
    SkillsLabel "skills_label" "About which skills?" "Sur quelles compétences ?";
    SkillsAdd "skills_add" "Add a skill" "Ajouter une compétence";
    Add "add" "Add" "Ajouter";
    AddNamed "add_named" "Add {value}" "Ajouter {value}";
    RemoveNamed "remove_named" "Remove {value}" "Retirer {value}";
    Proposed "proposed" "Proposed" "Proposé";
    PeopleLabel "people_label" "Whom to ask?" "À qui demander ?";
    PeopleNobody "people_nobody" "Nobody by name: all who know about it will see it." "Personne en particulier : tous ceux qui connaissent le sujet la verront.";
    PeopleProposed "people_proposed" "They could help" "Ils pourraient aider";
    PeopleAdd "people_add" "Add somebody by name" "Ajouter quelqu’un par son nom";
    ContextLabel "context_label" "Goes along: this page" "Joint : cette page";
    ContextRemove "context_remove" "Do not send the page" "Ne pas joindre la page";
    ContextAdd "context_add" "Send this page along" "Joindre cette page";
    WhoSees "who_sees" "Who can see it?" "Qui peut la voir ?";
    SeenByAll "seen_by_all" "Every colleague" "Tous les collègues";
    SeenByAllHint "seen_by_all_hint" "The next one with this question finds the answer." "La prochaine personne qui se la pose trouvera la réponse.";
    SeenByAsked "seen_by_asked" "Only those I ask" "Seulement les personnes sollicitées";
    SeenByAskedMissing "seen_by_asked_missing" "Choose somebody to ask first." "Choisissez d’abord à qui demander.";
    Continue "continue" "Continue" "Continuer";
    Clear "clear" "Start over" "Recommencer";
    DraftKept "draft_kept" "Your draft is kept on this device." "Votre brouillon est conservé sur cet appareil.";
    DraftNotKept "draft_not_kept" "This browser does not let us keep drafts. Send before you leave the page." "Ce navigateur ne permet pas de garder un brouillon. Envoyez avant de quitter la page.";
    Shelved "shelved" "You began another question" "Vous aviez commencé une autre question";
    ShelvedContinue "shelved_continue" "Continue it" "La reprendre";
    ShelvedDrop "shelved_drop" "Discard it" "La supprimer";
    SimilarHeading "similar_heading" "Answered before" "Déjà répondu";
    SimilarBy "similar_by" "{name} answered, {when}" "Réponse de {name}, {when}";
    SimilarOpen "similar_open" "Read it all" "Tout lire";
    ReviewHeading "review_heading" "One last look" "Un dernier regard";
    GoesTo "goes_to" "This goes to {names} and will be seen by every colleague." "La question est adressée à {names} et sera visible par tous les collègues.";
    GoesToPrivate "goes_to_private" "This goes to {names}. Only they can see it." "La question est adressée à {names}. Personne d’autre ne la verra.";
    GoesToAll "goes_to_all" "This will be seen by every colleague; those who know about it find it under “Help others”." "La question sera visible par tous les collègues ; ceux qui connaissent le sujet la trouveront sous « Aider ».";
    Send "send" "Send" "Envoyer";
    ChangeIt "change_it" "Change it" "Modifier";
    NotConnected "not_connected" "Asking is not connected here" "La demande d’aide n’est pas reliée ici";

    // Posts on their way
    Sending "sending" "Sending…" "Envoi…";
    WaitingNetwork "waiting_network" "Waiting for the network. Your words are kept; this is sent by itself." "En attente du réseau. Vos mots sont conservés ; l’envoi se fera tout seul.";
    WaitingRetry "waiting_retry" "Not sent yet: {reason} Your words are kept; we try again by ourselves." "Pas encore envoyé : {reason} Vos mots sont conservés ; un nouvel essai se fera tout seul.";
    NeedsYou "needs_you" "Not sent: {reason}" "Non envoyé : {reason}";
    SendNow "send_now" "Try now" "Essayer maintenant";
    EditIt "edit_it" "Edit" "Modifier";
    CopyText "copy_text" "Copy the text" "Copier le texte";
    Discard "discard" "Discard" "Supprimer";
    Sent "sent" "Sent" "Envoyé";

    // Requests
    StatusOpen "status_open" "Waiting for an answer" "En attente de réponse";
    StatusAnswered "status_answered" "Answered" "Répondu";
    StatusSolved "status_solved" "Solved" "Résolu";
    StatusClosed "status_closed" "Closed" "Fermé";
    AskedBy "asked_by" "{name} asks, {when}" "{name} demande, {when}";
    AskedByYou "asked_by_you" "You asked, {when}" "Vous avez demandé, {when}";
    AskedWhen "asked_when" "Asked {when}" "Demandé {when}";
    AskedPeople "asked_people" "Asked: {names}" "Sollicité : {names}";
    OnlyAsked "only_asked" "Only those asked can see this" "Visible seulement par les personnes sollicitées";
    FromPage "from_page" "From the page {title}" "Depuis la page {title}";
    AnswersNone "answers_none" "No answer yet" "Pas encore de réponse";
    AnswersNoneHint "answers_none_hint" "You will see it here and on the button as soon as somebody answers." "Vous le verrez ici et sur le bouton dès que quelqu’un répond.";
    AnswersOne "answers_one" "{n} answer" "{n} réponse";
    AnswersOther "answers_other" "{n} answers" "{n} réponses";
    You "you" "You" "Vous";
    Accept "accept" "This solved it" "C’est résolu";
    Accepted "accepted" "This solved it" "A résolu la question";
    Thank "thank" "Thank {name}" "Remercier {name}";
    ThankFor "thank_for" "For which skill?" "Pour quelle compétence ?";
    ThankForNone "thank_for_none" "For the help" "Pour l’aide";
    ThankNote "thank_note" "A word with it" "Un mot avec";
    ThankNoteHint "thank_note_hint" "What did it help you with?" "À quoi cela vous a-t-il servi ?";
    ThankSend "thank_send" "Send thanks" "Envoyer le merci";
    Cancel "cancel" "Cancel" "Annuler";
    ThankedBy "thanked_by" "{from} thanks {to}" "{from} remercie {to}";
    ThankedByFor "thanked_by_for" "{from} thanks {to} for {skill}" "{from} remercie {to} pour : {skill}";
    YouThanked "you_thanked" "You thanked {to}" "Vous avez remercié {to}";
    YouThankedFor "you_thanked_for" "You thanked {to} for {skill}" "Vous avez remercié {to} pour : {skill}";
    ThanksYou "thanks_you" "{from} thanks you" "{from} vous remercie";
    ThanksYouFor "thanks_you_for" "{from} thanks you for {skill}" "{from} vous remercie pour : {skill}";
    AnswerLabel "answer_label" "Your answer" "Votre réponse";
    AnswerHint "answer_hint" "A pointer is enough. You need not know everything." "Une piste suffit. Nul besoin de tout savoir.";
    AnswerSend "answer_send" "Send answer" "Envoyer la réponse";
    FollowUpLabel "follow_up_label" "Add something" "Ajouter une précision";
    FollowUpSend "follow_up_send" "Send" "Envoyer";
    PassHeading "pass_heading" "Not for you? Nobody is told, nothing is counted." "Pas pour vous ? Personne n’en sait rien, rien n’est compté.";
    PassNotNow "pass_not_now" "Not now" "Pas maintenant";
    PassNotMine "pass_not_mine" "Not my area" "Pas mon domaine";
    PassKnowWho "pass_know_who" "I know who" "Je sais qui";
    PassTo "pass_to" "Who could help?" "Qui pourrait aider ?";
    CloseRequest "close_request" "Close without an answer" "Clore sans réponse";
    RequestMissing "request_missing" "This question cannot be shown" "Cette question ne peut pas être affichée";
    OpenInSource "open_in_source" "Open in its own system" "Ouvrir dans son système";
    NewAnswerFrom "new_answer_from" "New answer from {name}" "Nouvelle réponse de {name}";

    // Lists
    MineEmpty "mine_empty" "You have not asked anything yet" "Vous n’avez encore rien demandé";
    MineEmptyHint "mine_empty_hint" "Most colleagues are glad to be asked. It takes two minutes." "La plupart des collègues aiment être sollicités. Deux minutes suffisent.";
    AskNow "ask_now" "Ask a question" "Poser une question";
    InboxHeading "inbox_heading" "Where you can help" "Où vous pouvez aider";
    InboxEmpty "inbox_empty" "Nobody is waiting for you" "Personne ne vous attend";
    InboxEmptyHint "inbox_empty_hint" "Questions put to you, and those on what you know, come here." "Les questions qui vous sont adressées, ou sur ce que vous connaissez, arrivent ici.";
    InviteByName "invite_by_name" "Asked you by name" "Vous sollicite";
    InviteSkill "invite_skill" "You know {value}" "Vous connaissez {value}";
    InviteLearn "invite_learn" "You want to learn {value}" "Vous souhaitez apprendre {value}";
    GroupNews "group_news" "New answers" "Nouvelles réponses";
    GroupOpen "group_open" "Waiting" "En attente";
    GroupAnswered "group_answered" "Answered: is it solved?" "Répondu : est-ce résolu ?";
    GroupDone "group_done" "Done" "Terminé";
    GroupByName "group_by_name" "Put to you" "Adressées à vous";
    GroupBySkill "group_by_skill" "On what you know" "Sur ce que vous connaissez";

    // What went wrong, and what to do
    ErrOffline "err_offline" "There is no connection to the server." "Pas de connexion au serveur.";
    ErrTimeout "err_timeout" "The server takes too long to answer." "Le serveur met trop de temps à répondre.";
    ErrSignedOut "err_signed_out" "Your session has ended. Sign in again on this site, then try again." "Votre session a expiré. Reconnectez-vous sur ce site, puis réessayez.";
    ErrForbidden "err_forbidden" "You are not allowed to do this here." "Vous n’avez pas le droit de faire cela ici.";
    ErrNotFound "err_not_found" "It is no longer there." "Cela n’existe plus.";
    ErrConflict "err_conflict" "Somebody changed it meanwhile. Look again, then decide." "Quelqu’un l’a modifié entre-temps. Regardez à nouveau, puis décidez.";
    ErrInvalid "err_invalid" "The server did not accept it." "Le serveur ne l’a pas accepté.";
    ErrTooMany "err_too_many" "That was too much at once. It goes on in a moment." "Trop de demandes à la fois. Cela reprend dans un instant.";
    ErrUnavailable "err_unavailable" "The server has a problem. It is not your doing." "Le serveur a un problème. Vous n’y êtes pour rien.";
    ErrHtml "err_html" "A web page came instead of data, perhaps a sign-in page. Sign in on this site, then try again." "Une page web est arrivée à la place des données, peut-être une page de connexion. Connectez-vous sur ce site, puis réessayez.";
    ErrUnreadable "err_unreadable" "The server’s answer cannot be read. The owner of this page can check the connection." "La réponse du serveur est illisible. Le responsable de cette page peut vérifier la connexion.";
    ErrTooLarge "err_too_large" "The server’s answer is too large to read." "La réponse du serveur est trop volumineuse.";
    ErrUnsupported "err_unsupported" "This is not possible here." "Ce n’est pas possible ici.";
    ErrMisconfigured "err_misconfigured" "The connection to the server is not set up correctly. Please tell the owner of this page." "La connexion au serveur est mal configurée. Prévenez le responsable de cette page.";
    ErrHeading "err_heading" "That did not work" "Cela n’a pas fonctionné";
    OfflineBanner "offline_banner" "You are offline. What you write is kept and sent later." "Vous êtes hors ligne. Ce que vous écrivez est gardé et envoyé plus tard.";

    // Small words
    ListAnd "list_and" "{a} and {b}" "{a} et {b}";
    JustNow "just_now" "just now" "à l’instant";
    MinutesAgo "minutes_ago" "{n} min ago" "il y a {n} min";
    HoursAgo "hours_ago" "{n} h ago" "il y a {n} h";
    Yesterday "yesterday" "yesterday" "hier";
    DaysAgo "days_ago" "{n} days ago" "il y a {n} jours";
    ShortDate "short_date" "{d} {m} {y}" "{d} {m} {y}";
    Months "months" "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec" "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn holes(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|s| s.split('}').next())
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let mut keys = BTreeSet::new();
        for &m in Message::ALL {
            assert!(keys.insert(m.key()), "{} stands twice", m.key());
            assert!(
                !m.english().is_empty() && !m.french().is_empty(),
                "{}",
                m.key()
            );
            assert_eq!(holes(m.english()), holes(m.french()), "{}", m.key());
        }
        assert_eq!(Message::Months.french().split(' ').count(), 12);
    }

    /// A narrow no-break space, U+202F, stands before `?`, `!`, `;`, `:` and inside « », so that
    /// no mark begins a line alone. It looks like a space in most editors: the message shows it.
    #[test]
    fn no_french_mark_begins_a_line() {
        const NARROW: Option<char> = Some('\u{202F}');
        for &m in Message::ALL {
            let (key, french) = (m.key(), m.french());
            for (at, mark) in french.char_indices() {
                let before = french[..at].chars().next_back();
                let after = french[at + mark.len_utf8()..].chars().next();
                let ok = match mark {
                    '?' | '!' | ';' | ':' | '»' => before == NARROW,
                    '«' => after == NARROW,
                    _ => true,
                };
                assert!(ok, "{key}: U+202F is wanted at {mark:?} in {french:?}");
            }
            assert!(!m.english().contains('\u{202F}'), "{key} in English");
        }
    }
}
