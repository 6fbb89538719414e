"""Who works here, what they know, and what was asked."""

from django.contrib.auth.models import User
from django.db import models


class Skill(models.Model):
    name = models.CharField(max_length=80, unique=True)

    class JSONAPIMeta:
        resource_name = "skills"

    class Meta:
        ordering = ["name"]


class Person(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    title = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    skills = models.ManyToManyField(Skill)
    joined = models.DateField(auto_now_add=True)

    class JSONAPIMeta:
        resource_name = "people"

    class Meta:
        ordering = ["name", "id"]


class Question(models.Model):
    STATES = [("open", "Open"), ("answered", "Answered"), ("solved", "Solved"), ("closed", "Closed")]
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    tags = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=STATES, default="open")
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="questions")
    asked = models.ManyToManyField(Person, blank=True, related_name="asked_of")
    accepted = models.ForeignKey("Answer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class JSONAPIMeta:
        resource_name = "questions"

    class Meta:
        ordering = ["-created", "-id"]


class Answer(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(Person, on_delete=models.CASCADE)
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    class JSONAPIMeta:
        resource_name = "answers"

    class Meta:
        ordering = ["created", "id"]
