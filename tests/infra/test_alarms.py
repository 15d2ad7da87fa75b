"""Alarms cover every queue, every function and every way to lose work."""

import json
import re

import pytest

from openhour.rules.refusals import Busy, OutdatedZoneData
from openhour.store.messages import CLAIM_LASTS

LAMBDA, SQS = "AWS/Lambda", "AWS/SQS"
INVOKED_ONCE = ("ReleaseFunction", "MailEventsFunction")
"""What Scheduler and EventBridge invoke, for which Lambda alone tries again."""


@pytest.fixture(scope="module")
def watched(translated):
    """Each metric with an alarm: namespace, name and dimensions."""
    return {
        (namespace, name, tuple(sorted(dimensions)))
        for alarm in translated.of_type("AWS::CloudWatch::Alarm").values()
        for namespace, name, dimensions in _metrics(alarm)
    }


def _metrics(alarm):
    singles = [alarm] if "MetricName" in alarm else []
    for metric in singles + [each["MetricStat"]["Metric"] for each in _stats(alarm)]:
        dimensions = [
            (each["Name"], json.dumps(each["Value"])) for each in metric.get("Dimensions", ())
        ]
        yield json.dumps(metric["Namespace"]).strip('"'), metric["MetricName"], dimensions


def _stats(alarm):
    return [each for each in alarm.get("Metrics", ()) if "MetricStat" in each]


def test_every_alarm_and_its_end_is_sent_by_email(translated):
    topic = translated.properties("AlarmTopic")
    assert topic["Subscription"] == [{"Protocol": "email", "Endpoint": "operator@openhour.example"}]
    for name, alarm in translated.of_type("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}], name
        assert alarm["AlarmDescription"], name


def test_cloudwatch_may_publish_to_the_alarm_topic(translated):
    (policy,) = translated.of_type("AWS::SNS::TopicPolicy").values()
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [each["Principal"] for each in allowed] == [{"Service": "cloudwatch.amazonaws.com"}]
    using_the_key = [
        set(statement["Action"])
        for statement in translated.properties("Key")["KeyPolicy"]["Statement"]
        if statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    ]
    assert using_the_key == [{"kms:Decrypt", "kms:GenerateDataKey"}]


@pytest.mark.parametrize(
    ("metric", "functions"),
    [
        pytest.param("Errors", lambda t: t.handlers(), id="errors"),
        pytest.param("Throttles", lambda t: {r.function for r in t.routes()}, id="throttling"),
        pytest.param(
            "IteratorAge",
            lambda t: {mapping.function for mapping in t.event_source_mappings()},
            id="the age of stream records",
        ),
        pytest.param(
            "DestinationDeliveryFailures",
            lambda t: {*INVOKED_ONCE, *(m.function for m in t.event_source_mappings())},
            id="dead letters that cannot be delivered",
        ),
    ],
)
def test_an_alarm_covers_every_function(translated, watched, metric, functions):
    for name in functions(translated):
        assert (LAMBDA, metric, (("FunctionName", json.dumps({"Ref": name})),)) in watched, name


def test_alarms_cover_the_schedules_the_gateway_and_personal_data_in_logs(watched):
    group = (("ScheduleGroup", json.dumps({"Ref": "Schedules"})),)
    stage = (("ApiId", json.dumps({"Ref": "Api"})), ("Stage", json.dumps("$default")))
    log = (
        ("DataProtectionOperation", json.dumps("Audit")),
        ("LogGroupName", json.dumps({"Ref": "FunctionLogs"})),
    )
    assert ("AWS/Scheduler", "InvocationsFailedToBeSentToDeadLetterCount", group) in watched
    assert ("AWS/ApiGateway", "5xx", stage) in watched
    assert ("AWS/Logs", "LogEventsWithFindings", log) in watched


def dead_letter_queues(translated):
    return [name for name in translated.of_type("AWS::SQS::Queue") if "DeadLetters" in name]


def test_mail_that_fails_reaches_a_dead_letter_queue_and_the_oldest_has_an_alarm(
    translated, watched
):
    (queue,) = (name for name in translated.of_type("AWS::SQS::Queue") if "DeadLetters" not in name)
    policy = translated.properties(queue)["RedrivePolicy"]
    assert policy["deadLetterTargetArn"]["Fn::GetAtt"][0] in dead_letter_queues(translated)
    name = (("QueueName", json.dumps({"Fn::GetAtt": [queue, "QueueName"]})),)
    assert (SQS, "ApproximateAgeOfOldestMessage", name) in watched
    (mapping,) = (
        mapping
        for mapping in translated.of_type("AWS::Lambda::EventSourceMapping").values()
        if mapping["EventSourceArn"]["Fn::GetAtt"] == [queue, "Arn"]
    )
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2


def test_a_claim_lapses_after_the_mailer_and_before_its_message_returns(translated):
    """So a crashed mailer is taken over from by the next one to receive the message."""
    timeout = translated.properties("MailerFunction")["Timeout"]
    returns_after = translated.properties("MailQueue")["VisibilityTimeout"]
    assert timeout < CLAIM_LASTS.total_seconds() < returns_after
    assert returns_after >= 6 * timeout


def test_an_alarm_covers_every_dead_letter_queue(translated, watched):
    for name in dead_letter_queues(translated):
        queue = (("QueueName", json.dumps({"Fn::GetAtt": [name, "QueueName"]})),)
        assert (SQS, "ApproximateNumberOfMessagesVisible", queue) in watched, name


def test_stream_records_that_fail_reach_a_dead_letter_queue_within_their_retention(translated):
    queues = set(dead_letter_queues(translated))
    mappings = {
        name: mapping
        for name, mapping in translated.of_type("AWS::Lambda::EventSourceMapping").items()
        if mapping["EventSourceArn"]["Fn::GetAtt"][1] == "StreamArn"
    }
    assert len(mappings) == 7
    for name, mapping in mappings.items():
        queue = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
        assert queue in queues, name
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert mapping["BisectBatchOnFunctionError"] is True, name
        # A stream keeps records for a day, so half a day remains for the operator.
        assert mapping["MaximumRecordAgeInSeconds"] <= 12 * 60 * 60, name


def test_dead_letters_are_kept_for_two_weeks(translated):
    for name in dead_letter_queues(translated):
        queue = translated.properties(name)
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 60 * 60, name


@pytest.fixture(scope="module")
def invoke_configs(translated):
    found = translated.of_type("AWS::Lambda::EventInvokeConfig").values()
    return {each["FunctionName"]["Ref"]: each for each in found}


@pytest.mark.parametrize("function", INVOKED_ONCE)
def test_what_fails_after_all_retries_reaches_a_dead_letter_queue(
    translated, invoke_configs, function
):
    assert set(invoke_configs) == set(INVOKED_ONCE)
    config = invoke_configs[function]
    queue = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert queue in dead_letter_queues(translated)
    assert config["MaximumRetryAttempts"] == 2


def test_a_failed_release_and_a_failed_schedule_reach_the_same_queue(translated, invoke_configs):
    config = invoke_configs["ReleaseFunction"]
    queue = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    variables = translated.properties("PracticeStreamFunction")["Environment"]["Variables"]
    assert variables["RELEASE_DEAD_LETTER_ARN"] == {"Fn::GetAtt": [queue, "Arn"]}


def test_alarms_cover_internal_errors_and_busy_refusals_in_the_functions_namespace(
    translated, watched
):
    for function in translated.of_type("AWS::Lambda::Function").values():
        namespace = function["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
        counted_in = json.dumps(namespace)
        assert (counted_in, "Failures", ()) in watched
        for refusal in (Busy.name, OutdatedZoneData.cause):
            assert (counted_in, "Refusals", (("refusal", json.dumps(refusal)),)) in watched


def test_alarms_cover_overdue_releases_and_a_stopped_monitor(translated):
    overdue, stopped = (
        translated.properties(name) for name in ("ReleasesOverdue", "ReleaseMonitorSilent")
    )
    assert overdue["MetricName"] == stopped["MetricName"] == "ReleasesOverdue"
    assert overdue["Threshold"] == stopped["Threshold"] == 1
    assert (overdue["Statistic"], stopped["Statistic"]) == ("Maximum", "SampleCount")
    assert overdue["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    assert stopped["ComparisonOperator"] == "LessThanThreshold"
    rules = translated.of_type("AWS::Events::Rule").values()
    assert {
        rule["Targets"][0]["Arn"]["Ref"]: rule["ScheduleExpression"]
        for rule in rules
        if "ScheduleExpression" in rule
    } == {
        "ReleaseMonitorAliaslive": "rate(1 hour)",
        "SweepFunctionAliaslive": "rate(1 minute)",
    }
    assert stopped["Period"] * stopped["EvaluationPeriods"] > 3600


def test_an_alarm_covers_mails_that_do_not_reach_the_therapist(translated, watched):
    namespace = json.dumps(translated.properties("TherapistMailsLost")["Namespace"])
    assert (namespace, "TherapistMailsLost", ()) in watched


def test_ses_reports_mails_that_come_back_or_are_unwanted_to_the_function_that_stops_mail(
    translated,
):
    destination = translated.properties("MailEvents")["EventDestination"]
    assert set(destination["MatchingEventTypes"]) == {"BOUNCE", "COMPLAINT", "REJECT"}
    assert destination["Enabled"] is True
    rule = translated.properties("MailEventsRule")
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    tags = rule["EventPattern"]["detail"]["mail"]["tags"]
    assert tags == {"ses:configuration-set": [{"Ref": "MailConfiguration"}]}
    (target,) = rule["Targets"]
    assert target["Arn"] == {"Ref": "MailEventsFunctionAliaslive"}
    permission = translated.properties("MailEventsPermission")
    assert permission["FunctionName"] == target["Arn"]
    assert permission["SourceArn"] == {"Fn::GetAtt": ["MailEventsRule", "Arn"]}


def test_missing_data_raises_only_the_alarms_for_what_has_stopped(translated):
    for name, alarm in translated.of_type("AWS::CloudWatch::Alarm").items():
        stopped = name in {"ReleaseMonitorSilent", "SweepSilent"}
        assert alarm["TreatMissingData"] == ("breaching" if stopped else "notBreaching"), name


def test_the_dashboard_shows_queues_functions_and_the_api(translated):
    text = translated.properties("Dashboard")["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(text)["widgets"]
    searches = re.findall(r"SEARCH\('\{(.+?),", text.replace('\\"', '"'))
    quoted = '"Openhour/${AWS::StackName}"'
    assert set(searches) == {quoted}, "a hyphen in a stack's name needs quotes"
    assert len({(each["x"], each["y"]) for each in widgets}) == len(widgets)
    for name in (*translated.of_type("AWS::SQS::Queue"), "Api", "Schedules", "BookingFunction"):
        assert f"${{{name}" in text, name
