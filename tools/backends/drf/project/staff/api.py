"""Plain Django REST framework: numbered pages for people, cursors for questions."""

from django.shortcuts import get_object_or_404
from rest_framework import filters, pagination, routers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from .models import Answer, Person, Question, Skill


class SkillSerializer(serializers.ModelSerializer):
    class Meta:
        model = Skill
        fields = ["id", "name"]


class PersonSerializer(serializers.ModelSerializer):
    skills = SkillSerializer(many=True)

    class Meta:
        model = Person
        fields = ["id", "name", "email", "title", "department", "office", "languages", "skills", "joined"]


class PersonField(serializers.RelatedField):
    """Written as an identifier, read as a little object."""

    def to_internal_value(self, data):
        try:
            return Person.objects.get(pk=int(data))
        except (ValueError, TypeError, OverflowError, Person.DoesNotExist):
            raise serializers.ValidationError(f"There is nobody with the id {data!r}.")

    def to_representation(self, value):
        return {"id": value.id, "name": value.name, "title": value.title}


class AnswerSerializer(serializers.ModelSerializer):
    author = PersonField(read_only=True)

    class Meta:
        model = Answer
        fields = ["id", "author", "text", "created"]


class QuestionSerializer(serializers.ModelSerializer):
    asker = PersonField(read_only=True)
    asked = PersonField(queryset=Person.objects.all(), many=True, required=False)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta:
        model = Question
        fields = ["id", "title", "body", "tags", "status", "asker", "asked", "accepted", "created", "updated", "answers"]
        read_only_fields = ["status", "accepted"]


class Numbered(pagination.PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class Cursors(pagination.CursorPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ["-created", "-id"]


class People(viewsets.ReadOnlyModelViewSet):
    queryset = Person.objects.prefetch_related("skills")
    serializer_class = PersonSerializer
    pagination_class = Numbered
    filter_backends = [filters.SearchFilter]
    search_fields = ["name", "title"]

    @action(detail=False)
    def me(self, request):
        return Response(self.get_serializer(request.user.person).data)


class Questions(viewsets.ModelViewSet):
    queryset = Question.objects.select_related("asker").prefetch_related("asked", "answers__author")
    serializer_class = QuestionSerializer
    pagination_class = Cursors
    http_method_names = ["get", "post", "head", "options"]

    def get_queryset(self):
        questions = super().get_queryset()
        if self.request.query_params.get("mine"):
            questions = questions.filter(asker=self.request.user.person)
        if self.request.query_params.get("asked"):
            questions = questions.filter(asked=self.request.user.person, status__in=["open", "answered"])
        if status := self.request.query_params.getlist("status"):
            questions = questions.filter(status__in=status)
        return questions

    def perform_create(self, serializer):
        serializer.save(asker=self.request.user.person)

    def own(self):
        question = self.get_object()
        if question.asker_id != self.request.user.person.id:
            raise PermissionDenied("Only whoever asked may do this.")
        return question

    @action(detail=True, methods=["post"])
    def answers(self, request, pk=None):
        question = self.get_object()
        serializer = AnswerSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save(question=question, author=request.user.person)
        question.status = "answered"
        question.save()
        return Response(self.get_serializer(self.get_object()).data, status=201)

    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        question = self.own()
        question.accepted = get_object_or_404(question.answers, pk=request.data.get("answer"))
        question.status = "solved"
        question.save()
        return Response(self.get_serializer(question).data)

    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        question = self.own()
        question.status = "closed"
        question.save()
        return Response(self.get_serializer(question).data)


router = routers.DefaultRouter()
router.register("people", People)
router.register("questions", Questions)
