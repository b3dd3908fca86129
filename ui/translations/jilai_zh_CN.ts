<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BuildingGrid</name>
    <message>
        <source>Building table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{floor} F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate issued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No case yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CropEditor</name>
    <message>
        <source>Page corners on the original photograph</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InlineProblem</name>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lamps</name>
    <message>
        <source>draft on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet sent to the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being sent to the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held by the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not accepted by the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on a second copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no second copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this disk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
