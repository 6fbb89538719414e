//! What backends call things: the usual names of each field, in English and French, with a few
//! German ones. A weight of 100 means that nothing else goes by this name.

/// A name as it is compared: letters and digits alone, small, without accents.
pub(super) fn folded(name: &str) -> String {
    let plain = |c: char| match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' | 'ä' => 'a',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'û' | 'ù' | 'ü' => 'u',
        'ç' => 'c',
        c => c,
    };
    name.chars()
        .flat_map(char::to_lowercase)
        .map(plain)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A field of the widget and the names under which backends have it.
pub(super) struct Known {
    /// The widget's name.
    pub(super) field: &'static str,
    /// `name=weight`, or `name` for 90, separated by blanks.
    names: &'static str,
}

/// The fields of a person, those that matter most first.
pub(super) const PERSON: &[Known] = &[
    Known {
        field: "id",
        names: "id=100 documentid=102 uuid=98 guid=97 userid=96 personid=96 employeeid=94 sysid=98 \
                matricule personnelnumber uid=88 oid=88 objectid=88 key=70 employeenumber=85 number=50 \
                username=50 login=50 userprincipalname=50 upn=50 slug=45 email=40 mail=40 handle=45",
    },
    Known {
        field: "name",
        names: "displayname=100 fullname=98 name=95 realname=96 formattedname=95 formatted=95 \
                nomcomplet=98 nomprenom=94 prenomnom=94 personname=94 employeename=94 commonname \
                cn=70 vollstandigername=90 displaytext=70 label=55 username=40 login=40 preferredname=80 nom=60 \
                title=30 nickname=35 handle=35",
    },
    Known {
        field: "title",
        names: "jobtitle=100 title=92 position=88 role=75 function=80 jobfunction=88 occupation=85 \
                fonction=95 poste=90 intituleposte=96 intitule=75 metier=85 emploi=85 headline=70 designation=80 \
                jobrole=90 jobname=85 stelle=75 beruf=80 positiontitle=96 businesstitle=96 profession=80",
    },
    Known {
        field: "team",
        names: "team=98 department=100 dept=97 departmentname=100 teamname=98 division=85 unit=80 \
                orgunit=90 organizationalunit=90 businessunit=90 departement=100 equipe=98 service=88 \
                pole=70 direction=60 abteilung=98 group=55 squad=75 organization=50 organisation=50 ou=65 \
                costcenter=40 memberof=70 primarygroup=60 section=60 company=30",
    },
    Known {
        field: "place",
        names: "officelocation=102 office=96 location=97 place=97 site=88 city=90 town=80 ville=90 \
                lieu=90 workplace=92 worklocation=98 bureau=75 building=65 batiment=65 locality=85 campus=80 \
                standort=95 ort=80 region=50 country=45 pays=45 branch=60 room=40",
    },
    Known {
        field: "email",
        names: "email=100 mail=98 emailaddress=100 courriel=98 workemail=100 emails=98 adresseemail=98 \
                mailaddress=95 emailwork=98 primaryemail=100 userprincipalname=60 upn=55",
    },
    Known {
        field: "photo",
        names: "photo=98 avatar=97 picture=96 avatarurl=100 photourl=100 image=88 imageurl=92 \
                pictureurl=98 profileimage=96 profilepicture=98 thumbnail=80 thumbnailurl=82 avatarurls=95 \
                gravatar=80 headshot=90 bild=80 profilephoto=98 icon=40 portrait=90",
    },
    Known {
        field: "profile",
        names: "profileurl=100 htmlurl=96 weburl=96 profile=80 permalink=88 profilelink=96 link=72 url=70 \
                publicurl=88 website=50 homepage=55 self=45 href=40 lien=70",
    },
    Known {
        field: "languages",
        names: "languages=100 spokenlanguages=100 langues=98 languagesspoken=100 preferredlanguage=90 \
                language=88 langue=86 sprachen=95 locale=60 lang=75 langs=90 preferredlocale=60",
    },
    Known {
        field: "timeZone",
        names: "timezone=100 tz=90 timezoneid=98 ianatimezone=100 fuseauhoraire=95",
    },
    Known {
        field: "skills",
        names: "skills=100 skill=97 skillset=97 skilllist=97 competences=98 competencies=97 competence=92 \
                expertise=96 expertises=96 areasofexpertise=98 knowledge=80 savoirfaire=88 capabilities=82 \
                specialties=85 specialities=85 specialites=85 technologies=78 kenntnisse=92 fahigkeiten=92 \
                askmeabout=90 qualifications=65 topics=65 tags=70 keywords=55 abilities=80 knows=85",
    },
    Known {
        field: "wants",
        names: "wants=100 wantstolearn=100 learning=88 learninggoals=92 wanttolearn=100 interests=60 \
                veutapprendre=95 objectifs=50",
    },
    Known {
        field: "about",
        names: "about=96 aboutme=100 bio=98 biography=98 description=80 summary=75 presentation=75 \
                introduction=75 apropos=92 ueber=70 notes=40",
    },
    Known {
        field: "joined",
        names: "hiredate=100 startdate=92 joined=98 joinedat=100 datejoined=98 joindate=98 membersince=95 \
                employmentstart=95 hiredat=98 dateembauche=98 datedentree=96 dateentree=96 eintritt=90 \
                eintrittsdatum=96 createdat=58 created=55 datecreated=55 registered=55 registereddate=58 \
                createdon=55",
    },
];

/// The fields of a request.
pub(super) const REQUEST: &[Known] = &[
    Known {
        field: "id",
        names: "id=100 documentid=102 uuid=98 guid=97 sysid=98 iid=90 number=75 key=85 ticketid=98 \
                issueid=96 requestid=96 reference=60 objectid=88",
    },
    Known {
        field: "question",
        names: "title=100 subject=100 question=98 summary=95 headline=90 topic=75 name=72 sujet=98 \
                titre=98 objet=90 shortdescription=97 betreff=98 titel=96 label=50",
    },
    Known {
        field: "details",
        names: "description=97 details=98 body=96 content=92 text=88 message=88 selftext=90 \
                bodyhtml=70 bodytext=95 contenu=95 corps=92 detail=92 comment=60 longdescription=95 \
                beschreibung=96 excerpt=50 raw=60",
    },
    Known {
        field: "status",
        names: "status=100 state=97 statut=98 etat=95 zustand=90 closed=70 isclosed=70 solved=75 \
                issolved=75 resolved=75 done=60 completed=60 stage=70 statusname=98",
    },
    Known {
        field: "asker",
        names: "author=100 asker=100 requester=99 reporter=99 creator=96 createdby=95 openedby=95 \
                user=75 owner=55 submitter=96 submittedby=96 demandeur=98 auteur=98 from=60 caller=88 \
                callerid=86 autor=96 userid=50 authorid=80 requesterid=85",
    },
    Known {
        field: "asked",
        names: "assignee=100 assignees=100 assignedto=100 responsible=92 assigned=92 responsable=92 \
                assigneeid=88 assignedtoid=88 handler=80 recipients=80 to=60 owner=60 zustandig=90 \
                destinataires=85",
    },
    Known {
        field: "skills",
        names: "tags=98 labels=98 skills=100 topics=92 categories=80 category=75 keywords=85 \
                etiquettes=95 competences=95 mots=50 tag=85 label=60 subjects=70",
    },
    Known {
        field: "created",
        names: "created=98 createdat=100 createdon=100 datecreated=98 creationdate=98 openedat=97 \
                submittedat=95 posted=85 postedat=95 published=70 publishedat=75 date=75 dategmt=80 \
                datecreation=96 creele=92 erstellt=92 timestamp=65 syscreatedon=98 opened=88 when=50",
    },
    Known {
        field: "updated",
        names: "updated=98 updatedat=100 updatedon=100 modified=95 modifiedat=98 lastmodified=97 \
                dateupdated=96 lastactivityat=88 changed=85 modifiedgmt=85 sysupdatedon=98 \
                datemodification=95 lastupdated=97 geandert=90",
    },
    Known {
        field: "answerCount",
        names: "answercount=100 answerscount=100 replycount=97 repliescount=97 commentcount=92 \
                commentscount=92 usernotescount=88 numcomments=92 replies=70 comments=65 answers=70 \
                postscount=75 numanswers=98",
    },
    Known {
        field: "url",
        names: "htmlurl=100 weburl=100 permalink=95 url=72 link=75 href=45 publicurl=92 lien=72",
    },
];

impl Known {
    /// The weight of a folded name, from 0 to 102; part of a longer name counts for less.
    pub(super) fn weight(&self, name: &str) -> u32 {
        let mut best = 0;
        for entry in self.names.split_whitespace() {
            let (known, weight) = entry.split_once('=').unwrap_or((entry, "90"));
            let weight: u32 = weight.parse().unwrap_or(90);
            if name == known {
                return weight;
            }
            if known.len() >= 5 && (name.ends_with(known) || name.starts_with(known)) {
                best = best.max(weight * 7 / 10);
            }
        }
        best
    }
}

/// Names of what wraps a whole item: what stands in it is the item's own.
pub(super) fn is_envelope(name: &str) -> bool {
    name.starts_with("urn")
        || matches!(
            name,
            "attributes"
                | "source"
                | "fields"
                | "data"
                | "properties"
                | "props"
                | "node"
                | "item"
                | "record"
                | "resource"
                | "person"
                | "user"
                | "employee"
                | "member"
                | "details"
                | "info"
                | "general"
                | "meta"
                | "metadata"
                | "spec"
                | "profile"
                | "identity"
                | "links"
                | "personal"
                | "acf"
                | "issue"
                | "ticket"
        )
}

/// Names of what only wraps other values; the value's own name counts.
pub(super) fn is_wrapper(name: &str) -> bool {
    is_envelope(name)
        || name.starts_with("http")
        || matches!(
            name,
            "extension"
                | "custom"
                | "contact"
                | "work"
                | "job"
                | "employment"
                | "hr"
                | "professional"
                | "address"
                | "office"
                | "location"
                | "position"
                | "name"
                | "dates"
                | "content"
                | "org"
                | "organization"
        )
}

/// Names of what is the thing itself inside of what is called after it: `team.name`.
pub(super) fn label_weight(name: &str) -> Option<u32> {
    Some(match name {
        "name" | "displayname" => 100,
        "label" | "title" | "fullname" | "skill" => 98,
        "displayvalue" => 99,
        "value" | "tag" | "topic" => 96,
        "text" | "rendered" | "formatted" | "href" | "url" | "plain" | "nom" | "libelle" => 95,
        "fr" | "en" | "de" | "default" | "short" | "description" => 80,
        "key" | "code" | "slug" => 60,
        _ => return None,
    })
}

/// Names of the parts of a name.
pub(super) fn is_given_name(name: &str) -> bool {
    matches!(
        name,
        "firstname" | "givenname" | "given" | "first" | "prenom" | "vorname" | "forename" | "fname"
    )
}

/// Names of the other part; `nom` only beside a given name.
pub(super) fn is_family_name(name: &str) -> bool {
    matches!(
        name,
        "lastname"
            | "surname"
            | "familyname"
            | "family"
            | "last"
            | "nom"
            | "nachname"
            | "sn"
            | "lname"
            | "nomdefamille"
            | "secondname"
            | "nomfamille"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(field: &str, name: &str) -> u32 {
        let known = PERSON.iter().find(|known| known.field == field).unwrap();
        known.weight(&folded(name))
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        assert_eq!(weight("title", "job_title"), 100);
        assert_eq!(weight("title", "Job Title"), 100);
        assert_eq!(weight("skills", "Compétences"), 98);
        assert_eq!(weight("photo", "user_photo"), 68);
        assert_eq!(weight("skills", "colour"), 0);
        assert!(weight("id", "documentId") > weight("id", "id"));
    }
}
