"""The same data as JSON:API, with the renderers, parsers and filters of
djangorestframework-jsonapi as its documentation sets them."""

from django_filters.rest_framework import FilterSet
from rest_framework import filters, routers
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework_json_api import django_filters, pagination, parsers, renderers, serializers, views
from rest_framework_json_api.filters import OrderingFilter, QueryParameterValidationFilter
from rest_framework_json_api.metadata import JSONAPIMetadata
from rest_framework_json_api.relations import ResourceRelatedField

from .models import Answer, Person, Question, Skill


class SkillSerializer(serializers.ModelSerializer):
    class Meta:
        model = Skill
        fields = ["name"]


class PersonSerializer(serializers.ModelSerializer):
    included_serializers = {"skills": SkillSerializer}

    class Meta:
        model = Person
        fields = ["name", "email", "title", "department", "office", "languages", "joined", "skills"]


class AnswerSerializer(serializers.ModelSerializer):
    included_serializers = {"author": PersonSerializer}

    class Meta:
        model = Answer
        fields = ["text", "created", "author", "question"]
        read_only_fields = ["author"]


class QuestionSerializer(serializers.ModelSerializer):
    included_serializers = {"asker": PersonSerializer, "asked": PersonSerializer, "answers": AnswerSerializer}
    answers = ResourceRelatedField(many=True, read_only=True)

    class Meta:
        model = Question
        fields = ["title", "body", "tags", "status", "created", "updated", "asker", "asked", "accepted", "answers"]
        read_only_fields = ["asker"]


class Search(filters.SearchFilter):
    """With the parameter that the documentation recommends for JSON:API."""

    search_param = "filter[search]"


class Filters(django_filters.DjangoFilterBackend):
    """Leaves that parameter to the search."""

    search_param = Search.search_param


class Pages(pagination.JsonApiPageNumberPagination):
    page_size = 20
    max_page_size = 100


class JsonApi:
    """What makes a view JSON:API, its errors included."""

    parser_classes = [parsers.JSONParser]
    renderer_classes = [renderers.JSONRenderer]
    metadata_class = JSONAPIMetadata
    pagination_class = Pages
    filter_backends = [
        QueryParameterValidationFilter,
        OrderingFilter,
        Filters,
        Search,
    ]

    def get_exception_handler(self):
        from rest_framework_json_api.exceptions import exception_handler

        return exception_handler


class People(JsonApi, views.ReadOnlyModelViewSet):
    queryset = Person.objects.all()
    serializer_class = PersonSerializer
    search_fields = ["name", "title"]
    prefetch_for_includes = {"skills": ["skills"]}

    @action(detail=False)
    def me(self, request):
        return Response(self.get_serializer(request.user.person).data)


class QuestionFilter(FilterSet):
    class Meta:
        model = Question
        fields = {"status": ["exact", "in"], "asker": ["exact"], "asked": ["exact"]}


class Questions(JsonApi, views.ModelViewSet):
    queryset = Question.objects.all()
    serializer_class = QuestionSerializer
    filterset_class = QuestionFilter
    search_fields = ["title", "body"]

    def perform_create(self, serializer):
        serializer.save(asker=self.request.user.person)


class Answers(JsonApi, views.ModelViewSet):
    queryset = Answer.objects.all()
    serializer_class = AnswerSerializer
    filterset_fields = ["question"]
    search_fields = ["text"]

    def perform_create(self, serializer):
        answer = serializer.save(author=self.request.user.person)
        Question.objects.filter(pk=answer.question_id, status="open").update(status="answered")


router = routers.DefaultRouter(trailing_slash=False)
router.register("people", People)
router.register("questions", Questions)
router.register("answers", Answers)
