"""Makes the database and fills it with the people and questions of a JSON file, and says in JSON which
accounts there are."""

import json
import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from rest_framework.authtoken.models import Token

from staff.models import Person, Question, Skill


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        call_command("migrate", run_syncdb=True, verbosity=0)
        with transaction.atomic():
            self.fill(file)

    def fill(self, file):
        company = json.loads(file.read_text(encoding="utf-8"))
        people, told = {}, {}
        for one in company["people"]:
            user = User.objects.create_user(one["login"], one["email"], f"password of {one['login']}")
            person = Person.objects.create(
                user=user,
                name=one["name"],
                email=one["email"],
                title=one["title"],
                department=one["team"],
                office=one["place"],
                languages=one["languages"],
            )
            person.skills.set([Skill.objects.get_or_create(name=name)[0] for name in one["skills"]])
            people[one["login"]] = person
            told[one["login"]] = {"id": str(person.id), "token": Token.objects.create(user=user).key}
        for one in company["requests"]:
            question = Question.objects.create(
                title=one["question"], body=one["details"], tags=one["skills"], asker=people[one["asker"]]
            )
            question.asked.set([people[login] for login in one["to"]])
        json.dump(told, sys.stdout)
